// A count: one verdict per slot, and what it proves about custody.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

Decision count(World& world, const char* slot, TagReading reading) {
    return world.run(InventoryTaken{"INV1", {{SlotId(slot), std::move(reading)}}, {}, {}});
}

std::string verdict(World& world, const char* slot, TagReading reading) {
    auto decision = count(world, slot, std::move(reading));
    const auto& finished = decision.events.back();
    REQUIRE(finished.type == EventType::inventory_finished);
    const auto* items = finished.data.find("items");
    REQUIRE(items != nullptr);
    REQUIRE(items->array()->size() == 1);
    CHECK(items->array()->front().text_or("slot") == slot);
    return items->array()->front().text_or("verdict");
}

void borrow(World& world) {
    auto upsert = approved("R1");
    upsert.request.take_out = TakeOut{"court", kStart + kDay};
    world.run(upsert);
    world.take_out("S1", requests({"R1"}), "ann");
}

}  // namespace

TEST_CASE("a count says present, wrong seal, foreign, forged, unreadable, missing") {
    auto verdict_for = [](TagReading reading) {
        World world;
        return verdict(world, "01", std::move(reading));
    };
    CHECK(verdict_for(authentic("S1")) == "present");
    CHECK(verdict_for(authentic("S2")) == "wrong_seal");
    CHECK(verdict_for(foreign()) == "foreign_tag");
    CHECK(verdict_for(cloned("S1")) == "forged");
    CHECK(verdict_for(unreadable()) == "unreadable");
    CHECK(verdict_for(absent()) == "missing");
}

TEST_CASE("a count says out until it is due, and overdue after") {
    World world;
    borrow(world);
    CHECK(verdict(world, "01", absent()) == "out");
    world.now = kStart + kDay;
    CHECK(verdict(world, "01", absent()) == "out");
    world.pass(milliseconds{1});
    CHECK(verdict(world, "01", absent()) == "overdue");
}

TEST_CASE("a slot whose seal has no tag yet, or that is nobody's home, is empty") {
    World world;
    CHECK(verdict(world, "04", absent()) == "empty");
    world.state.slots[SlotId("05")].id = SlotId("05");
    CHECK(verdict(world, "05", absent()) == "empty");
    CHECK(verdict(world, "05", authentic("S1")) == "wrong_seal");
    CHECK(verdict(world, "05", foreign()) == "foreign_tag");
}

TEST_CASE("a seal put back unread stays so until it reads, and a count that reads it closes it") {
    World world;
    borrow(world);
    world.walk(world.give_back("S1", "ann"), unreadable());
    CHECK(verdict(world, "01", unreadable()) == "returned_unverified");
    CHECK(world.seal_of("S1").loan);
    CHECK(verdict(world, "01", authentic("S1")) == "present");
    CHECK_FALSE(world.seal_of("S1").loan);
    CHECK(world.seal_of("S1").custody == Custody::in_slot);
}

TEST_CASE("a seal put back unread that is gone is missing") {
    World world;
    borrow(world);
    world.walk(world.give_back("S1", "ann"), unreadable());
    CHECK(verdict(world, "01", absent()) == "missing");
    CHECK(world.seal_of("S1").custody == Custody::unknown);
}

TEST_CASE("an unreadable tag in a count proves nothing") {
    World world;
    auto decision = count(world, "01", unreadable());
    CHECK(names_of(decision.events) == std::vector<std::string>{"inventory.finished"});
    CHECK(world.seal_of("S1").custody == Custody::in_slot);
}

TEST_CASE("a count that finds a seal missing says so once, and one that finds it again too") {
    World world;
    CHECK(alerted(count(world, "01", absent()), "seal_missing"));
    CHECK(world.seal_of("S1").custody == Custody::unknown);
    CHECK_FALSE(alerted(count(world, "01", absent()), "seal_missing"));
    CHECK(has(count(world, "01", authentic("S1")), EventType::seal_returned));
    CHECK(world.seal_of("S1").custody == Custody::in_slot);
}

TEST_CASE("a count quarantines a clone") {
    World world;
    auto decision = count(world, "01", cloned("S1"));
    CHECK(has(decision, EventType::seal_quarantined));
    CHECK(world.seal_of("S1").state == SealState::quarantined);
    CHECK(names_of(count(world, "01", cloned("S1")).events) ==
          std::vector<std::string>{"inventory.finished"});
}

TEST_CASE("a count leaves slots alone that are open or in use") {
    World world;
    world.run(approved("R1"));
    auto granted = world.take("S1", requests({"R1"}), "ann");
    world.open("02");
    for (const auto* slot : {"01", "02"})
        CHECK(names_of(count(world, slot, absent()).events) ==
              std::vector<std::string>{"inventory.finished"});
    CHECK(world.session(granted.id).stage == Stage::promised);
}
