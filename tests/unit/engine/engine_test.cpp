#include "engine/engine.hpp"

#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;
using seals::test::faults;
using seals::test::traffic;

namespace {

rules::PersonUpsert somebody(int n) {
    rules::Person person;
    person.id = PersonId("P" + std::to_string(n));
    person.name = "n";
    return {person};
}

}  // namespace

TEST_CASE("nothing is effected, answered or published before it is durable") {
    World world;
    House house(world);
    house.furnish();
    int published = 0;
    auto feed = house.engine->feed().subscribe([&](const auto&) { ++published; });
    auto before = house.store->size();
    faults().sync_ms = 400;
    std::optional<Outcome> outcome;
    house.engine->submit({House::take_of(), device_actor(), [&](Outcome got) {
                              CHECK(world.orders.size() == 1);  // effects, then replies
                              CHECK(published == 0);            // then the feed
                              outcome = std::move(got);
                          }});
    house.idle(milliseconds{100});
    CHECK_FALSE(outcome);
    CHECK(world.orders.empty());
    CHECK(published == 0);
    CHECK(house.store->size() == before);
    faults().sync_ms = 0;
    REQUIRE(house.until([&] { return outcome.has_value(); }));
    CHECK_FALSE(outcome->error);
    REQUIRE(world.orders.size() == 1);
    CHECK(world.orders[0].slot == SlotId("01"));
    CHECK(world.orders[0].nonce.size() == 32);
    REQUIRE(house.until([&] { return published >= 2; }));
}

TEST_CASE("what is submitted in one turn of the loop shares one sync") {
    World world;
    House house(world);
    house.boot();
    int done = 0;
    auto syncs = traffic().syncs.load();
    for (int i = 0; i < 100; ++i)
        house.engine->submit({somebody(i), device_actor(), [&](const Outcome& outcome) {
                                  CHECK_FALSE(outcome.error);
                                  ++done;
                              }});
    REQUIRE(house.until([&] { return done == 100; }));
    CHECK(traffic().syncs - syncs <= 2);
    CHECK(house.count(EventType::person_registered) == 100);
}

TEST_CASE("what arrives while a batch is written waits for the next and shares its sync") {
    World world;
    House house(world);
    house.boot();
    int done = 0;
    auto ask = [&](int n) {
        house.engine->submit({somebody(n), device_actor(), [&](const Outcome&) { ++done; }});
    };
    faults().sync_ms = 100;
    auto syncs = traffic().syncs.load();
    ask(0);
    house.until([&] { return house.engine->busy(); });
    for (int i = 1; i < 50; ++i)
        ask(i);
    REQUIRE(house.until([&] { return done == 50; }));
    CHECK(traffic().syncs - syncs <= 3);
}

TEST_CASE("observed facts are decided before what was asked for earlier") {
    World world;
    House house(world);
    house.furnish();
    house.engine->submit({House::take_of()});
    house.visits->door(SlotId("01"), true);
    house.rest();
    std::vector<EventType> order;
    for (const auto& entry : house.entries())
        if (entry.event.type == EventType::slot_forced ||
            entry.event.type == EventType::take_refused)
            order.push_back(entry.event.type);
    CHECK(order == std::vector{EventType::slot_forced, EventType::take_refused});
    CHECK(world.orders.empty());
}

TEST_CASE("more commands than one batch holds are all answered, also when they change nothing") {
    World world;
    House house(world);
    house.boot();
    house.run(somebody(1));
    int done = 0;
    for (int i = 0; i < 600; ++i)
        house.engine->submit({somebody(1), device_actor(), [&](const Outcome& outcome) {
                                  CHECK(outcome.events.empty());
                                  ++done;
                              }});
    CHECK(house.until([&] { return done == 600; }));
}

TEST_CASE("a refused take is recorded, and its answer names the entry") {
    World world;
    House house(world);
    house.furnish();
    auto outcome = house.run(House::take_of("S1", "R9"));
    REQUIRE(outcome.error);
    CHECK(outcome.error->code == Code::refused);
    REQUIRE(outcome.events.size() == 1);
    CHECK(outcome.events[0].event.type == EventType::take_refused);
    CHECK(outcome.error->seq == static_cast<long>(outcome.events[0].seq));
    CHECK(world.orders.empty());
}

TEST_CASE("a command that no leaf can hold fails alone; what came with it is recorded") {
    World world;
    House house(world);
    house.boot();
    auto huge = somebody(1);
    huge.person.department = std::string(70'000, 'x');
    std::optional<Error> failed;
    int done = 0;
    auto ask = [&](rules::PersonUpsert command) {
        house.engine->submit({std::move(command), device_actor(), [&](const Outcome& outcome) {
                                  if (outcome.error) failed = outcome.error;
                                  ++done;
                              }});
    };
    ask(somebody(0));
    ask(huge);
    ask(somebody(2));
    house.visits->door(SlotId("02"), true);
    REQUIRE(house.until([&] { return done == 3; }));
    house.rest();
    REQUIRE(failed);
    CHECK(failed->code == Code::internal);
    CHECK_FALSE(house.engine->read_only());
    CHECK(house.engine->state().person(PersonId("P0")) != nullptr);
    CHECK(house.engine->state().person(PersonId("P1")) == nullptr);
    CHECK(house.engine->state().person(PersonId("P2")) != nullptr);
    CHECK(house.count(EventType::slot_forced) == 1);
    CHECK_FALSE(house.run(somebody(3)).error);
    CHECK(house.fault() == "");
}

TEST_CASE("a ledger that does not verify releases nothing, but takes back and goes on recording") {
    World world;
    House house(world);
    house.furnish();
    house.take_out();
    house.engine->distrust_ledger(Error{Code::corrupt, "entry 3 is not what it was"});
    auto take = house.run(House::take_of());
    REQUIRE(take.error);
    CHECK(take.error->code == Code::corrupt);
    CHECK(take.events.empty());
    CHECK_FALSE(house.give_back().id.empty());
}

TEST_CASE("a dry run decides as the command would and leaves everything as it was") {
    World world;
    House house(world);
    house.furnish();
    auto before = house.store->size();
    auto twin = house.engine->state();
    auto decision = house.engine->preview(twin, house.approved("R2"), device_actor());
    CHECK(decision.upserted == rules::Upserted::accepted);
    CHECK(twin.request(RequestId("R2")) != nullptr);
    CHECK(house.engine->state().request(RequestId("R2")) == nullptr);
    CHECK(house.store->size() == before);
}
