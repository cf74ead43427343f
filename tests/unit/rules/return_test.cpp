// A return: the home slot opens for who holds the seal or keeps it; the loan ends when its tag
// authenticates, and not before.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

World with_loan() {
    World world;
    world.run(approved("R1"));
    world.take_out("S1", requests({"R1"}), "ann");
    return world;
}

std::string refused(const Decision& decision) {
    return refused_by(decision, EventType::return_refused);
}

}  // namespace

TEST_CASE("the holder returns, and so does a custodian in another's place") {
    for (const auto* person : {"ann", "carl"}) {
        auto world = with_loan();
        auto decision = world.give_back("S1", person);
        REQUIRE_FALSE(decision.refusal);
        CHECK(names_of(decision.events) ==
              std::vector<std::string>{"session.opened", "slot.unlock_cmd"});
        CHECK(world.seal_of("S1").loan->person == PersonId("ann"));  // until it is proved
        auto end = world.walk(decision, authentic("S1"));
        CHECK(names_of(end.events) ==
              std::vector<std::string>{"verify.tag_ok", "seal.returned", "session.closed"});
        CHECK_FALSE(world.seal_of("S1").loan);
        CHECK(world.seal_of("S1").custody == Custody::in_slot);
        CHECK(world.session(decision.id).verdict == "returned");
        CHECK(world.session(decision.id).code == "ok");
        CHECK(end.events[1].person == PersonId(person));
    }
}

TEST_CASE("who neither holds nor keeps the seal does not return it: R15") {
    auto world = with_loan();
    CHECK(refused(world.give_back("S1", "bob")) == "R15");
}

TEST_CASE("a seal that is not out is not returned: R16") {
    World world;
    CHECK(refused(world.give_back("S1", "ann")) == "R16");
    CHECK(refused(world.give_back("S1", "carl")) == "R16");
}

TEST_CASE("a return needs identification as a take does") {
    auto world = with_loan();
    CHECK(refused(world.give_back("S1", "ann", {})) == "R06");
    CHECK(refused(world.give_back("S1", "nobody")) == "R05");
    auto wrong = world.give_back("S1", "ann", {pin(FactorOutcome::wrong)});
    CHECK(refused(wrong) == "R06");
    CHECK(has(wrong, EventType::auth_failed));
    world.policy.factors_return = {};
    CHECK(refused(world.give_back("S1", "ann", {})) == "");
}

TEST_CASE("a clock that cannot be trusted does not keep a seal out") {
    auto world = with_loan();
    world.clock_trusted = false;
    CHECK(refused(world.give_back("S1", "ann")) == "");
}

TEST_CASE("a request's end or withdrawal does not keep a seal out") {
    auto world = with_loan();
    world.run(with_status(approved("R1"), "withdrawn"));
    world.pass(100 * kDay);
    CHECK(refused(world.give_back("S1", "ann")) == "");
}

TEST_CASE("one who left returns through a custodian") {
    auto world = with_loan();
    world.person("ann", false);
    CHECK(refused(world.give_back("S1", "ann")) == "R05");
    CHECK(refused(world.give_back("S1", "carl")) == "");
}

TEST_CASE("a return waits for an open door and for one's other visit") {
    auto world = with_loan();
    world.open("01");
    CHECK(refused(world.give_back("S1", "ann")) == "R14");
    world.shut("01");
    world.settle("01", absent());
    world.count();
    world.run(approved("R2", "S2"));
    world.take("S2", requests({"R2"}), "ann");
    CHECK(refused(world.give_back("S1", "ann")) == "R11");
    world.give_back("S1", "carl");
    CHECK(refused(world.give_back("S1", "cora")) == "R10");
}

TEST_CASE("an unknown seal's return is not found") {
    World world;
    auto decision = world.give_back("S9", "ann");
    REQUIRE(decision.refusal);
    CHECK(decision.refusal->code == Code::not_found);
    CHECK(decision.events.empty());
}

TEST_CASE("a seal that was missing comes back through a custodian, and nobody else") {
    World world;
    world.settle("01", absent());
    REQUIRE(world.seal_of("S1").custody == Custody::unknown);
    CHECK(refused(world.give_back("S1", "ann")) == "R15");
    auto back = world.give_back("S1", "carl");
    world.walk(back, unreadable());
    CHECK(world.seal_of("S1").custody == Custody::returned_unverified);
    back = world.give_back("S1", "carl");
    world.walk(back, authentic("S1"));
    CHECK(world.session(back.id).verdict == "returned");
    CHECK(world.seal_of("S1").custody == Custody::in_slot);
    CHECK(refused(world.give_back("S1", "carl")) == "R16");
}

TEST_CASE("a seal that never had a tag here is not returned into the cabinet: R16") {
    World world;
    CHECK(refused(world.give_back("S4", "carl")) == "R16");
}
