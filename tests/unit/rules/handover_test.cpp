// Handovers: two hands, the count before a permanent change, the clock's end, who is refused.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

Acting acting(const char* person, FactorOutcome outcome = FactorOutcome::ok) {
    return {PersonId(person), {pin(outcome)}};
}

OfferHandover offer(const char* from, const char* to) {
    OfferHandover command;
    command.seals = {SealId("S1")};
    command.from = PersonId(from);
    command.to = PersonId(to);
    command.giver = acting(from);
    return command;
}

AnswerHandover answer(const std::string& id, const char* person, bool accept = true) {
    return {id, acting(person), accept, "reason", {}};
}

std::string refused(const Decision& decision) {
    return refused_by(decision, EventType::act_refused);
}

std::vector<PersonId> keepers(World& world, const char* seal) {
    return world.seal_of(seal).custodians;
}

std::vector<PersonId> persons(std::initializer_list<const char*> ids) {
    std::vector<PersonId> out;
    for (const auto* id : ids)
        out.emplace_back(id);
    return out;
}

}  // namespace

TEST_CASE("an offer alone changes nobody's seals") {
    World world;
    auto offered = world.run(offer("carl", "ann"));
    REQUIRE_FALSE(offered.refusal);
    CHECK(keepers(world, "S1") == persons({"carl", "cora"}));
    CHECK(world.state.handovers.at(offered.id).state == HandoverState::offered);
}

TEST_CASE("only a keeper offers, only the receiver accepts, and each proves who he is") {
    World world;
    CHECK(refused(world.run(offer("ann", "bob"))) == "R27");
    auto wrong = offer("carl", "ann");
    wrong.giver = acting("carl", FactorOutcome::wrong);
    CHECK(refused(world.run(wrong)) == "R06");
    CHECK(refused(world.run(offer("carl", "carl"))) == "R27");
    CHECK(refused(world.run(offer("carl", "lee"))) == "R05");  // has left
    auto until = offer("carl", "ann");
    until.until = world.now + kDay;
    auto id = world.run(until).id;
    CHECK(refused(world.run(answer(id, "bob"))) == "R27");
    CHECK(refused(world.run(answer(id, "bob", false))) == "R27");
    CHECK_FALSE(world.run(answer(id, "ann")).refusal);
    CHECK(refused(world.run(answer(id, "ann"))) == "R27");  // once
}

TEST_CASE("one seal has one open handover") {
    World world;
    world.run(offer("carl", "ann"));
    CHECK(refused(world.run(offer("cora", "bob"))) == "R27");
}

TEST_CASE("a temporary handover puts the receiver into the keeper's place until its end") {
    World world;
    auto command = offer("carl", "ann");
    command.until = world.now + kDay;
    auto id = world.run(command).id;
    world.run(answer(id, "ann"));
    CHECK(keepers(world, "S1") == persons({"ann", "cora"}));
    world.pass(kDay);
    CHECK(world.run(TimePassed{}).events.empty());
    world.pass(milliseconds{1});
    auto ended = world.run(TimePassed{});
    CHECK(names_of(ended.events) ==
          std::vector<std::string>{"handover.ended", "custodian.changed"});
    CHECK(keepers(world, "S1") == persons({"carl", "cora"}));
    CHECK(world.run(TimePassed{}).events.empty());
}

TEST_CASE("the other keeper may stand in: he is not there twice, and both are back afterwards") {
    World world;
    auto command = offer("carl", "cora");
    command.until = world.now + kDay;
    auto id = world.run(command).id;
    world.run(answer(id, "cora"));
    CHECK(keepers(world, "S1") == persons({"cora"}));
    world.pass(kDay + milliseconds{1});
    world.run(TimePassed{});
    CHECK(keepers(world, "S1") == persons({"carl", "cora"}));
}

TEST_CASE("in an absence a third custodian starts, and all that the absent one keeps goes over") {
    World world;
    world.state.seals.at(SealId("S3")).custodians = {PersonId("mia")};
    OfferHandover command;
    command.from = PersonId("carl");
    command.to = PersonId("ann");
    command.giver = acting("mia");
    command.until = world.now + kDay;
    command.absent = true;
    auto by_cora = command;
    by_cora.giver = acting("carl");
    CHECK(refused(world.run(by_cora)) == "R27");  // the absent one himself
    auto by_nobody = command;
    by_nobody.giver = acting("bob");
    CHECK(refused(world.run(by_nobody)) == "R27");  // keeps nothing
    auto id = world.run(command).id;
    CHECK(world.state.handovers.at(id).seals.size() == 3);  // S1, S2, S4
    world.run(answer(id, "ann"));
    CHECK(keepers(world, "S2") == persons({"ann", "cora"}));
    CHECK(keepers(world, "S3") == persons({"mia"}));
}

TEST_CASE("a refused handover leaves everything as it was") {
    World world;
    auto id = world.run(offer("carl", "ann")).id;
    auto refusal = world.run(answer(id, "ann", false));
    CHECK(names_of(refusal.events) == std::vector<std::string>{"handover.refused"});
    CHECK(keepers(world, "S1") == persons({"carl", "cora"}));
    CHECK_FALSE(world.run(offer("carl", "ann")).refusal);  // may be offered anew
}

TEST_CASE("a permanent change waits for a clean blind count") {
    World world;
    auto id = world.run(offer("carl", "ann")).id;
    CHECK(refused(world.run(answer(id, "ann"))) == "R28");
    CHECK(keepers(world, "S1") == persons({"carl", "cora"}));
}

TEST_CASE("what the giver has in hand must be back before it is handed over") {
    World world;
    world.run(approved("R1"));
    world.take_out("S1", requests({"R1"}), "carl");
    auto command = offer("carl", "ann");
    command.until = world.now + kDay;
    auto id = world.run(command).id;
    CHECK(refused(world.run(answer(id, "ann"))) == "R27");
}

TEST_CASE("an offer that waits too long is told, an answered one is not") {
    World world;
    auto id = world.run(offer("carl", "ann")).id;
    world.pass(world.policy.handover_patience);
    CHECK_FALSE(alerted(world.run(TimePassed{}), "handover_unconfirmed"));
    world.pass(milliseconds{1});
    CHECK(alerted(world.run(TimePassed{}), "handover_unconfirmed"));
    world.run(answer(id, "ann", false));
    CHECK_FALSE(alerted(world.run(TimePassed{}), "handover_unconfirmed"));
}

TEST_CASE("somebody who leaves while he keeps or holds a seal is told") {
    World world;
    CHECK_FALSE(alerted(world.run(TimePassed{}), "leaver_holding"));
    world.run(approved("R1"));
    world.take_out("S1", requests({"R1"}), "ann");
    world.person("ann", false);
    CHECK(alerted(world.run(TimePassed{}), "leaver_holding"));
    world.person("ann", true);
    world.person("carl", false);
    CHECK(alerted(world.run(TimePassed{}), "leaver_holding"));
}
