#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;

namespace {

// A take whose order was sent, and then nothing more was heard: sealsd died.
std::string die_after_order(World& world) {
    House house(world);
    house.furnish();
    world.hold = true;
    auto id = house.take().id;
    REQUIRE(world.orders.size() == 1);
    world.held.clear();
    world.hold = false;
    return id;
}

}  // namespace

TEST_CASE("after a crash an open order is unknown and its slot frozen; nothing fires again") {
    World world;
    auto id = die_after_order(world);
    House house(world);
    house.boot();
    CHECK(house.stage(id) == rules::Stage::unknown);
    CHECK(house.slot_of("01").frozen);
    auto take = house.run(House::take_of());
    REQUIRE(take.error);
    CHECK(take.error->code == Code::refused);
    house.idle(milliseconds{50});
    CHECK(world.orders.size() == 1);
    CHECK(house.count(EventType::slot_unlock_cmd) == 1);
}

TEST_CASE("what a crash left open is not settled before doors were read in this run") {
    World world;
    auto id = die_after_order(world);
    House house(world);
    house.boot();
    house.idle(milliseconds{80});
    CHECK(world.reads_of("01") == 0);
    CHECK(house.stage(id) == rules::Stage::unknown);
    house.visits->doors({{SlotId("01"), true}});  // it stands open: not yet either
    house.idle(milliseconds{50});
    CHECK(house.stage(id) == rules::Stage::unknown);
    world.remove("01");
    house.visits->door(SlotId("01"), false);
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::closed; }));
    CHECK(house.seal_of("S1").loan);
}

TEST_CASE("after a crash a seal that is gone is on loan to whom it was released") {
    World world;
    auto id = die_after_order(world);
    world.remove("01");
    House house(world);
    house.boot();
    house.tell_doors();
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::closed; }));
    CHECK(house.session(id).verdict == "taken");
    REQUIRE(house.seal_of("S1").loan);
    CHECK(house.seal_of("S1").loan->person == PersonId("ann"));
    CHECK_FALSE(house.slot_of("01").frozen);
    CHECK(world.orders.size() == 1);
    CHECK(house.fault() == "");
}

TEST_CASE("after a crash a seal that authenticates is back") {
    World world;
    auto id = die_after_order(world);
    House house(world);
    house.boot();
    house.tell_doors();
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::closed; }));
    CHECK_FALSE(house.seal_of("S1").loan);
    CHECK(house.seal_of("S1").custody == Custody::in_slot);
    CHECK_FALSE(house.slot_of("01").frozen);
    CHECK(world.orders.size() == 1);
    CHECK_FALSE(house.run(House::take_of()).error);  // it can be taken again
}

TEST_CASE("after a crash a tag that does not read leaves custody unknown, with an alert") {
    World world;
    auto id = die_after_order(world);
    world.put("01", unreadable());
    House house(world);
    house.boot();
    house.tell_doors();
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::closed; }));
    CHECK(house.seal_of("S1").custody == Custody::unknown);
    CHECK(house.alerts("custody_unknown") == 1);
    CHECK_FALSE(house.seal_of("S1").loan);
    CHECK(house.run(House::take_of()).error->code == Code::refused);
    CHECK(world.orders.size() == 1);
}

TEST_CASE("a return that a crash interrupted is closed when its tag authenticates") {
    World world;
    std::string id;
    {
        House house(world);
        house.furnish();
        auto tag = world.tags.at(SlotId("01"));
        house.take_out();
        id = house.give_back().id;
        REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::unlocked; }));
        house.open("01");
        world.put("01", tag);
    }
    House house(world);
    house.boot();
    CHECK(house.stage(id) == rules::Stage::unknown);
    house.tell_doors();
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::closed; }));
    CHECK_FALSE(house.seal_of("S1").loan);
    CHECK(house.seal_of("S1").custody == Custody::in_slot);
    CHECK(house.fault() == "");
}

TEST_CASE("an order that got lost on its way is unknown, settled by reading, and not sent again") {
    World world;
    House house(world);
    house.furnish();
    house.tell_doors();
    world.answer = {Fate::lost, "no answer"};
    auto id = house.take().id;
    bool told = false;
    house.visits->await_order(SessionId(id), [&] { told = true; });
    REQUIRE(house.until([&] { return told; }));
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::closed; }));
    CHECK(house.count(EventType::session_unknown) == 1);
    CHECK(house.seal_of("S1").custody == Custody::in_slot);
    CHECK(world.orders.size() == 1);
}

TEST_CASE(
    "a crash at any moment of a visit leaves a ledger that verifies and a slot that settles") {
    auto moments = GENERATE(range(0, 12));
    World world;
    {
        House house(world);
        house.furnish();
        house.engine->submit({House::take_of()});
        int turn = 0;
        auto step = [&](int wanted) { return turn++ < moments || wanted < 0; };
        for (int i = 0; i < 4; ++i)
            if (step(i)) house.loop.run_once(milliseconds{20});
        if (step(4)) house.visits->door(SlotId("01"), true);
        for (int i = 5; i < 7; ++i)
            if (step(i)) house.loop.run_once(milliseconds{20});
        if (moments > 7) world.remove("01");
        if (step(8)) house.visits->door(SlotId("01"), false);
        for (int i = 9; i < 12; ++i)
            if (step(i)) house.loop.run_once(milliseconds{20});
    }
    House house(world);
    house.boot();
    house.tell_doors();
    REQUIRE(house.until([&] {
        return house.slot_of("01").session.empty() && !house.slot_of("01").frozen && house.quiet();
    }));
    bool out = house.seal_of("S1").loan.has_value();
    CHECK(out ==
          (world.tags.count(SlotId("01")) == 0 && house.count(EventType::slot_unlock_cmd) > 0 &&
           house.count(EventType::seal_taken) == 1));
    CHECK(world.orders.size() <= 1);
    CHECK(house.count(EventType::slot_unlock_cmd) >= world.orders.size());
    CHECK(house.fault() == "");
}
