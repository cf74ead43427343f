// Seals from a list: registration, activation, conflicts.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

Seal listed(const char* id, const char* slot) {
    Seal seal;
    seal.id = SealId(id);
    seal.name = "new";
    seal.type = "contract";
    seal.entity = "HQ";
    seal.filing_no = "123";
    seal.slot = SlotId(slot);
    seal.custodians = {PersonId("carl"), PersonId("cora")};
    return seal;
}

}  // namespace

TEST_CASE("a seal in use is registered, enrolled in a simulated cabinet, and active") {
    World world;
    auto decision = world.run(SealUpsert{listed("S5", ""), true});
    CHECK(names_of(decision.events) ==
          std::vector<std::string>{"seal.registered", "seal.activated"});  // no slot: no tag

    world.state.slots[SlotId("05")].id = SlotId("05");
    decision = world.run(SealUpsert{listed("S6", "05"), true});
    CHECK(names_of(decision.events) ==
          std::vector<std::string>{"seal.registered", "seal.enrolled", "seal.activated"});
    CHECK(world.seal_of("S6").state == SealState::active);
    CHECK(world.seal_of("S6").custody == Custody::in_slot);
    CHECK_FALSE(world.seal_of("S6").uid.empty());
    CHECK(decision.events[0].data.find("name") == nullptr);  // the name is personal text
}

TEST_CASE("a seal not in use is registered only, and a later list may activate it") {
    World world;
    CHECK(world.seal_of("S4").state == SealState::registered);
    CHECK(world.seal("S4", "04", false).upserted == Upserted::unchanged);
    auto later = world.seal("S4", "04", true);
    CHECK(names_of(later.events) == std::vector<std::string>{"seal.enrolled", "seal.activated"});
    CHECK(world.seal("S4", "04", true).events.empty());
    CHECK(world.seal("S4", "04", false).events.empty());
    CHECK(world.seal_of("S4").state == SealState::active);
}

TEST_CASE("a list never brings a quarantined seal back into use") {
    World world;
    world.settle("01", cloned("S1"));
    CHECK(world.seal("S1", "01", true).events.empty());
    CHECK(world.seal_of("S1").state == SealState::quarantined);
}

TEST_CASE("a record that differs from the seal in force is a conflict that names the field") {
    World world;
    world.state.slots[SlotId("05")].id = SlotId("05");
    world.run(SealUpsert{listed("S5", "05"), true});
    auto before = rows_of(world.state, world.now);
    auto conflict = [&](auto change) {
        auto seal = listed("S5", "05");
        change(seal);
        auto decision = world.run(SealUpsert{seal, true});
        REQUIRE(decision.refusal);
        CHECK(decision.refusal->code == Code::conflict);
        CHECK(decision.upserted == Upserted::conflict);
        return decision.refusal->field;
    };
    CHECK(conflict([](Seal& s) { s.name = "x"; }) == "name");
    CHECK(conflict([](Seal& s) { s.type = "x"; }) == "type");
    CHECK(conflict([](Seal& s) { s.entity = "x"; }) == "entity");
    CHECK(conflict([](Seal& s) { s.slot = SlotId(""); }) == "slot");
    CHECK(conflict([](Seal& s) { s.custodians.pop_back(); }) == "custodians");
    CHECK(conflict([](Seal& s) { s.filing_no = "x"; }) == "filing_no");
    CHECK(rows_of(world.state, world.now) == before);
}

TEST_CASE("unknown custodians, unknown slots and slots that are taken are refused by field") {
    World world;
    auto broken = [&](Seal seal) {
        auto decision = world.run(SealUpsert{std::move(seal), true});
        REQUIRE(decision.refusal);
        CHECK(decision.refusal->code == Code::invalid);
        CHECK(decision.upserted == Upserted::refused);
        CHECK(decision.events.empty());
        return decision.refusal->field;
    };
    auto seal = listed("S5", "");
    seal.custodians = {PersonId("zed")};
    CHECK(broken(seal) == "custodians");
    CHECK(broken(listed("S5", "77")) == "slot");
    CHECK(broken(listed("S5", "01")) == "slot");
}

TEST_CASE("a seal has a valid id") {
    World world;
    auto refused = world.run(SealUpsert{listed("a b", ""), false});
    REQUIRE(refused.refusal);
    CHECK(refused.refusal->field == "id");
}
