#include "engine/time_keeper.hpp"

#include "house.hpp"
#include "words/rules.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;
using seals::test::faults;

namespace {

const milliseconds kHour{3'600'000};

rules::AcceptClock accepted(const char* second = "cora") {
    return {{PersonId("carl"), PersonId(second)}, 0};
}

std::string rule_of(const Outcome& outcome) {
    return outcome.error ? outcome.error->rule : "";
}

std::string trusted_clock() {
    for (const auto& row : rule_rows())
        if (row.rule == Rule::trusted_clock) return std::string(row.id);
    return {};
}

}  // namespace

TEST_CASE("a clock behind the last entry is distrusted until it has passed it") {
    TestClock clock;
    TimeKeeper time(clock, true, kStart);
    CHECK(time.read().trusted);
    time.recorded(kStart + kHour);
    auto behind = time.read();
    CHECK_FALSE(behind.trusted);
    CHECK_FALSE(behind.why.empty());
    CHECK(behind.now == kStart + kHour);  // time never runs back in the ledger
    clock.step(kHour - milliseconds{1});
    CHECK_FALSE(time.read().trusted);
    clock.step(milliseconds{1});
    CHECK(time.read().trusted);
}

TEST_CASE("accepting the clock makes its time the one that counts") {
    TestClock clock;
    TimeKeeper time(clock, true, kStart + kHour);
    CHECK(time.moved_if_accepted() == -kHour);
    CHECK(time.if_accepted().now == kStart);
    CHECK_FALSE(time.read().trusted);  // not before it is recorded
    time.accepted(kStart);
    CHECK(time.read().trusted);
    CHECK(time.read().now == kStart);
    clock.step(-milliseconds{1});
    CHECK_FALSE(time.read().trusted);
}

TEST_CASE("a step against the time since boot is told once, a slow drift is not") {
    TestClock clock;
    TimeKeeper time(clock, true, kStart);
    CHECK_FALSE(time.step());
    clock.pass(kHour);  // both go on
    CHECK_FALSE(time.step());
    clock.step(milliseconds{5'000});
    CHECK_FALSE(time.step());
    clock.step(kHour);
    auto by = time.step();
    REQUIRE(by);
    CHECK(*by == kHour);
    CHECK_FALSE(time.step());
    clock.step(-kHour);
    CHECK(time.step() == std::optional(-kHour));
}

TEST_CASE("a real clock that nothing has set since boot is not trusted, a simulated one is") {
    TestClock clock;
    clock.set_synced(false);
    TimeKeeper real(clock, false, kStart), simulated(clock, true, kStart);
    CHECK_FALSE(real.read().trusted);
    CHECK(simulated.read().trusted);
    CHECK(real.moved_if_accepted() == milliseconds{0});
    real.accepted(kStart);
    CHECK(real.read().trusted);
    TimeKeeper other(clock, false, kStart);
    clock.set_synced(true);
    CHECK(other.read().trusted);
}

TEST_CASE("an unset clock refuses releases, but takes seals back") {
    World world;
    House house(world, {true});
    house.furnish();
    house.take_out();
    world.clock.set_synced(false);
    auto take = house.run(House::take_of());
    CHECK(rule_of(take) == trusted_clock());
    CHECK(take.events.back().event.type == EventType::take_refused);
    CHECK_FALSE(house.give_back().id.empty());
}

TEST_CASE("a clock that was set back refuses releases until two persons accept it") {
    World world;
    House house(world);
    house.furnish();
    world.clock.step(-kHour);
    CHECK(rule_of(house.run(House::take_of())) == trusted_clock());
    auto outcome = house.run(accepted());
    REQUIRE_FALSE(outcome.error);
    REQUIRE(outcome.events.size() == 1);
    CHECK(outcome.events[0].at == kStart - kHour);
    CHECK(outcome.events[0].event.data.integer_or("by_ms") == -kHour.count());
    auto request = house.approved("R2");
    REQUIRE_FALSE(house.run(request).error);
    auto take = house.run(House::take_of("S1", "R2"));
    CHECK_FALSE(take.error);
    CHECK(take.events[0].at == kStart - kHour);
    CHECK(house.fault() == "");
}

TEST_CASE("an acceptance that is refused changes no trust") {
    World world;
    House house(world);
    house.furnish();
    world.clock.step(-kHour);
    CHECK(house.run(accepted("nobody")).error);
    CHECK(house.run(accepted("carl")).error);
    CHECK_FALSE(house.time->read().trusted);
    CHECK(house.time->read().now == kStart);
    CHECK(rule_of(house.run(House::take_of())) == trusted_clock());
}

TEST_CASE("an acceptance that could not be recorded changes no trust") {
    World world;
    House house(world);
    house.furnish();
    world.clock.step(-kHour);
    faults().fail_syncs = 1;
    CHECK(house.run(accepted()).error->code == Code::timeout);
    CHECK_FALSE(house.time->read().trusted);
    CHECK(house.time->read().now == kStart);
}
