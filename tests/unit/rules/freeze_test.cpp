// Too much leaves at once: the freeze, and its release.
#include "alerts.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

TEST_CASE("too many seals out at once freeze the cabinet until two departments release it") {
    World w;
    person_of(w, "ann", "sales");
    person_of(w, "carl", "office");
    person_of(w, "bob", "office");
    more_seals(w, 20);
    for (const auto* n : {"1", "2", "3"})
        take_away(w, n);
    CHECK_FALSE(w.state.node.frozen);
    auto fourth = take_away(w, "4");
    CHECK(has(fourth, EventType::cabinet_frozen));
    CHECK(standing(w, "mass_removal")->about == "cabinet");
    CHECK(refused_by(take_away(w, "5")) == "R41");
    w.walk(w.give_back("A1", "ann"), authentic("A1"));  // what is out may always come back
    CHECK(w.run(release("carl", "bob")).refusal->rule == "R43");
    CHECK(w.run(release("carl", "mia")).refusal->rule == "R43");  // of no department
    CHECK(w.run(release("carl", "ann", FactorOutcome::wrong)).refusal->rule == "R06");
    CHECK(w.run(release("carl", "lee")).refusal->rule == "R05");
    CHECK(w.state.node.frozen);
    auto released = w.run(release("carl", "ann"));
    REQUIRE_FALSE(released.refusal);
    CHECK_FALSE(w.state.node.frozen);
    CHECK(w.run(release("carl", "ann")).refusal->code == Code::conflict);
    CHECK_FALSE(take_away(w, "5").refusal);
    CHECK_FALSE(w.state.node.frozen);  // what left before was looked into
}

TEST_CASE("seals that left one after the other, or came back, are no mass") {
    World w;
    more_seals(w, 20);
    for (const auto* n : {"1", "2", "3", "4", "5", "6"}) {
        take_away(w, n);
        w.pass(4 * kMinute);
    }
    CHECK_FALSE(w.state.node.frozen);
    for (int i = 0; i < 6; ++i) {
        take_away(w, "7");
        w.walk(w.give_back("A7", "ann"), authentic("A7"));
    }
    CHECK_FALSE(w.state.node.frozen);
}

TEST_CASE("a part of a small cabinet, or of one entity's seals, is a mass too") {
    World w;
    w.policy.alert.mass_seals = 9;
    more_seals(w, 12, "east");  // and three of no entity
    take_away(w, "1");
    take_away(w, "2");
    CHECK_FALSE(w.state.node.frozen);
    take_away(w, "3");  // a fifth of fifteen, but a quarter of twelve
    REQUIRE(w.state.node.frozen);
    CHECK(standing(w, "mass_removal")->about == "east");
    World few;
    approve(few, "R1", "S1");
    approve(few, "R2", "S2");
    few.take_out("S1", requests({"R1"}), "ann");
    few.take_out("S2", requests({"R2"}), "carl");
    CHECK_FALSE(few.state.node.frozen);  // two are never a mass
}

TEST_CASE("seals found missing count as removed, and a freeze outlives a restart") {
    World w;
    w.policy.alert.mass_seals = 2;
    w.policy.alert.mass_percent = 100;
    for (const auto* slot : {"01", "02", "03"})
        w.settle(slot, absent());
    REQUIRE(w.state.node.frozen);
    auto node = node_from(*row_view(w.state, {"node", "node"}, w.now).body);
    CHECK(node.frozen == w.state.node.frozen);
    CHECK(node.removals.size() == 3);
    CHECK(node.removals.front().seal == SealId("S1"));
}
