#include "engine/ballast.hpp"
#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;
using seals::test::faults;

namespace {

// Growth inside the write-ahead log's current pages needs no room: fill until the disk says no.
std::optional<Outcome> fill(House& house) {
    faults().room = 0;
    for (int i = 0; i < 2000; ++i) {
        auto outcome = house.person(("F" + std::to_string(i)).c_str());
        if (outcome.error) return outcome;
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("a full disk refuses commands, and nothing happened") {
    World world;
    House house(world);
    house.furnish();
    auto refused = fill(house);
    REQUIRE(refused);
    CHECK(refused->error->code == Code::unavailable);
    CHECK_FALSE(refused->error->remedy.empty());
    CHECK(refused->events.empty());
    auto size = house.store->size();
    CHECK(house.entries().size() == size);
    CHECK_FALSE(house.engine->read_only());
    auto take = house.run(House::take_of());
    REQUIRE(take.error);
    CHECK(take.error->code == Code::unavailable);
    CHECK(world.orders.empty());
    CHECK(house.seal_of("S1").session.empty());
    CHECK(house.store->size() == size);
}

TEST_CASE("the ballast goes when the disk is full, and commands wait until it is there again") {
    World world;
    House house(world);
    house.furnish();
    CHECK(std::filesystem::file_size(world.path("ballast")) == 4096);
    REQUIRE(fill(house));
    CHECK(house.ballast.spent());
    CHECK_FALSE(std::filesystem::exists(world.path("ballast")));
    faults().room = -1;
    CHECK(house.run(House::take_of()).error->code == Code::unavailable);
    REQUIRE(house.ballast.take());
    CHECK(std::filesystem::file_size(world.path("ballast")) == 4096);
    CHECK_FALSE(house.run(House::take_of()).error);
}

TEST_CASE("facts are kept in order while the disk is full, and recorded once there is room") {
    World world;
    House house(world);
    house.furnish();
    REQUIRE(fill(house));
    auto before = house.store->size();
    house.visits->door(SlotId("02"), true);
    house.visits->door(SlotId("03"), true);
    house.visits->door(SlotId("02"), false);
    int turns = house.idle(milliseconds{400});
    CHECK(turns < 200);  // it tries again now and then, not all the time
    CHECK(house.store->size() == before);
    CHECK(house.engine->waiting() == 3);
    faults().room = -1;
    house.rest();
    std::vector<std::string> seen;
    for (const auto& entry : house.entries())
        if (entry.seq > before && entry.event.type != EventType::alert_raised &&
            entry.event.type != EventType::slot_checked &&
            entry.event.type != EventType::override_mechanical)
            seen.push_back(std::string(row_of(entry.event.type).name) + " " +
                           entry.event.data.text_or("slot"));
    REQUIRE(seen.size() >= 3);
    seen.resize(3);
    CHECK(seen == std::vector<std::string>{"slot.forced 02", "slot.forced 03", "slot.closed 02"});
    CHECK(house.fault() == "");
}

TEST_CASE("what was asked while a full disk was being found out is refused, not kept") {
    World world;
    House house(world);
    house.furnish();
    REQUIRE(fill(house));
    REQUIRE(house.ballast.take());  // as if it had looked well for a moment
    std::vector<Code> codes;
    for (int i = 0; i < 3; ++i)
        house.engine->submit({House::take_of(), device_actor(), [&](const Outcome& outcome) {
                                  codes.push_back(outcome.error ? outcome.error->code : Code::ok);
                              }});
    house.visits->door(SlotId("02"), true);
    REQUIRE(house.until([&] { return codes.size() == 3; }));
    CHECK(codes == std::vector(3, Code::unavailable));
    CHECK(house.engine->waiting() == 1);
}

TEST_CASE("no ballast is taken that would fill the disk, and none is trusted that is too small") {
    World world;
    Ballast huge(world.path("ballast"), std::size_t{1} << 60);
    auto status = huge.take();
    REQUIRE_FALSE(status);
    CHECK(status.error().code == Code::unavailable);
    CHECK(huge.spent());
    CHECK_FALSE(std::filesystem::exists(world.path("ballast")));
    Ballast small(world.path("ballast"), 100);
    REQUIRE(small.take());
    Ballast larger(world.path("ballast"), 5000);
    REQUIRE(larger.take());
    CHECK(std::filesystem::file_size(world.path("ballast")) == 5000);
}

TEST_CASE(
    "a failed sync: who waits is told that the outcome is unknown, and nothing more goes in") {
    auto fault = GENERATE(0, 1);
    World world;
    std::size_t size = 0;
    {
        House house(world);
        house.furnish();
        std::vector<std::pair<std::string, Error>> answers;
        auto ask = [&](const char* name, rules::Command command) {
            house.engine->submit(
                {std::move(command), device_actor(), [&, name](const Outcome& o) {
                     answers.emplace_back(name, o.error.value_or(Error{Code::ok, ""}));
                 }});
        };
        rules::Person late;
        late.id = PersonId("late");
        late.name = "late";
        faults().sync_ms = 50;
        (fault == 0 ? faults().fail_syncs : faults().fail_writes) = fault == 0 ? 1 : -1;
        ask("take", House::take_of());
        house.until([&] { return house.engine->busy(); });
        ask("late", rules::PersonUpsert{late});
        house.visits->door(SlotId("02"), true);
        REQUIRE(house.until([&] { return answers.size() == 2; }));
        CHECK(answers[0].first == "take");
        CHECK(answers[0].second.code == Code::timeout);
        CHECK_THAT(answers[0].second.detail, ContainsSubstring("outcome unknown"));
        CHECK(answers[1].second.code == Code::unavailable);
        CHECK(house.engine->read_only());
        CHECK(world.orders.empty());
        faults().clear();
        auto later = house.run(House::take_of());
        CHECK(later.error->code == Code::unavailable);
        CHECK_THAT(later.error->remedy, ContainsSubstring("restart"));
        CHECK(house.quiet());
        CHECK(house.idle(milliseconds{100}) < 60);
        CHECK_FALSE(house.ballast.spent());  // the disk is not full
        size = house.store->size();
        CHECK(house.entries().size() == size);
    }
    House house(world);  // what the ledger kept is what is so
    auto kept = house.entries();
    CHECK(kept.size() >= size);
    bool promised = !house.engine->state().sessions.empty();
    CHECK(promised == (house.count(EventType::slot_unlock_cmd) == 1));
    house.boot();
    CHECK(house.count(EventType::session_unknown) == (promised ? 1 : 0));
    CHECK(world.orders.empty());
    CHECK(house.fault() == "");
}

TEST_CASE("a release that took more than two seconds to record is abandoned and never fired") {
    World world;
    House house(world);
    house.furnish();
    faults().sync_ms = 150;
    std::optional<Outcome> outcome;
    house.engine->submit(
        {House::take_of(), device_actor(), [&](Outcome got) { outcome = std::move(got); }});
    REQUIRE(house.until([&] { return house.engine->busy(); }));
    world.clock.pass(milliseconds{2'001});
    REQUIRE(house.until([&] { return outcome.has_value(); }));
    bool told = false;
    house.visits->await_order(SessionId(outcome->id), [&] { told = true; });
    REQUIRE(house.until([&] { return told; }));
    faults().sync_ms = 0;
    house.rest();
    CHECK(world.orders.empty());
    CHECK(house.session(outcome->id).verdict == "abandoned");
    CHECK(house.count(EventType::slot_unlock_abandoned) == 1);
    CHECK(house.seal_of("S1").session.empty());
    CHECK_FALSE(house.run(House::take_of()).error);  // and the next one goes
    CHECK(world.orders.size() == 1);
}
