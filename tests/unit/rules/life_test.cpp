// A seal's life by its own acts: order, witnesses, what each brings, and that nothing goes back.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

Acting acting(const char* person, FactorOutcome outcome = FactorOutcome::ok) {
    return {PersonId(person), {pin(outcome)}};
}

// With everything that any act asks for.
ActOnSeal complete(SealAct act, const char* seal = "S1") {
    ActOnSeal command;
    command.act = act;
    command.seal = SealId(seal);
    command.basis = "board resolution 7";
    command.files = {std::string(64, 'a')};
    command.witnesses = {acting("ann"), acting("bob")};
    command.approver = acting("mia");
    return command;
}

void put_into(World& world, SealState wanted, const char* seal = "S1") {
    world.state.seals.at(SealId(seal)).state = wanted;
    world.state.seals.at(SealId(seal)).state_since = world.now;
}

Decision register_seal(World& world, const char* id, const char* filing_no) {
    Seal seal;
    seal.id = SealId(id);
    seal.name = "new";
    seal.type = "contract";
    seal.entity = "HQ";
    seal.filing_no = filing_no;
    return world.run(RegisterSeal{seal, "order 12", {}, {}});
}

std::string refused(const Decision& decision) {
    return refused_by(decision, EventType::act_refused);
}

}  // namespace

TEST_CASE("an act begins only in the states of its row, from every other it is refused") {
    for (const auto& row : seal_act_rows())
        for (int n = 0; n <= static_cast<int>(SealState::destroyed); ++n) {
            World world;
            auto from = static_cast<SealState>(n);
            put_into(world, from);
            auto& seal = world.state.seals.at(SealId("S1"));
            if (row.leaves_house) seal.custody = Custody::unknown;
            INFO(row.verb << " in " << name_of(from));
            auto decision = world.run(complete(row.act));
            if (may_begin(row, from)) {
                CHECK_FALSE(decision.refusal);
                CHECK(world.seal_of("S1").state == row.to);
                CHECK(decision.events.front().type == row.event);
                CHECK(world.seal_of("S1").state_since == world.now);
            } else {
                CHECK(refused(decision) == "R17");
                CHECK(world.seal_of("S1").state == from);
            }
        }
}

TEST_CASE("an act without its witnesses, approver or file is refused") {
    World world;
    put_into(world, SealState::enrolled);
    auto command = complete(SealAct::activate);
    command.witnesses.pop_back();
    CHECK(refused(world.run(command)) == "R18");
    command.witnesses = {acting("ann"), acting("ann")};
    CHECK(refused(world.run(command)) == "R18");
    command.witnesses = {acting("ann"), acting("bob", FactorOutcome::wrong)};
    auto wrong = world.run(command);
    CHECK(refused(wrong) == "R06");
    CHECK(has(wrong, EventType::auth_failed));
    command.witnesses = {acting("ann"), acting("lee")};
    CHECK(refused(world.run(command)) == "R05");

    put_into(world, SealState::lost, "S2");
    auto destroy = complete(SealAct::destroy, "S2");
    world.state.seals.at(SealId("S2")).custody = Custody::unknown;
    destroy.approver.reset();
    CHECK(refused(world.run(destroy)) == "R18");
    destroy.approver = acting("carl");  // keeps it
    CHECK(refused(world.run(destroy)) == "R18");
    destroy = complete(SealAct::destroy, "S2");
    destroy.files.clear();
    CHECK(refused(world.run(destroy)) == "R18");
    CHECK(world.seal_of("S2").state == SealState::lost);
}

TEST_CASE("a basis is personal text, witnesses and files stand in the entry") {
    World world;
    put_into(world, SealState::enrolled);
    auto decision = world.run(complete(SealAct::activate));
    const auto& event = decision.events.front();
    CHECK(event.data.find("basis") == nullptr);
    CHECK(event.personal.front() ==
          std::pair<std::string, std::string>{"basis", "board resolution 7"});
    CHECK(event.data.texts_or("witnesses") == std::vector<std::string>{"ann", "bob"});
    CHECK(event.img.size() == 1);
}

TEST_CASE("a suspended seal opens nothing, keeps its grants, and opens again when resumed") {
    World world;
    world.run(approved("R1"));
    world.run(complete(SealAct::suspend));
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R08");
    world.run(complete(SealAct::resume));
    CHECK_FALSE(world.take("S1", requests({"R1"}), "ann").refusal);
}

TEST_CASE("suspending a seal that is out calls it back") {
    World world;
    world.run(approved("R1"));
    world.take_out("S1", requests({"R1"}), "ann");
    auto decision = world.run(complete(SealAct::suspend));
    CHECK(has(decision, EventType::seal_recalled));
    CHECK(world.seal_of("S1").loan->recalled);
}

TEST_CASE("a lost seal's grants end at once and do not come back with the seal") {
    World world;
    world.run(approved("R1"));
    auto decision = world.run(complete(SealAct::lose));
    CHECK(has(decision, EventType::grant_revoked));
    CHECK(world.request_of("R1").state(world.now) == RequestState::revoked);
    world.run(complete(SealAct::recover));
    CHECK(world.seal_of("S1").uid.empty());
    CHECK(refused(world.run(complete(SealAct::activate))) == "R17");  // enrolled anew first
    world.run(complete(SealAct::enrol));
    world.run(complete(SealAct::activate));
    CHECK(world.seal_of("S1").state == SealState::active);
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R03");
}

TEST_CASE("only the lost seal's lines of a request are revoked") {
    World world;
    auto both = approved("R1");
    Line other;
    other.seal = SealId("S2");
    both.request.lines.push_back(other);
    world.run(both);
    world.run(complete(SealAct::lose));
    CHECK(world.request_of("R1").state(world.now) == RequestState::accepted);
    CHECK_FALSE(world.take("S2", requests({"R1"}), "ann").refusal);
}

TEST_CASE("a seal is destroyed or surrendered only when it has left its slot, and for good") {
    World world;
    put_into(world, SealState::retired);
    CHECK(refused(world.run(complete(SealAct::destroy))) == "R19");
    world.pass(milliseconds{1000});
    auto last_way = approved("R1");
    last_way.request.applied_at = world.now;
    last_way.request.take_out = TakeOut{"police station", world.now + kDay};
    world.run(last_way);
    world.take_out("S1", requests({"R1"}), "carl");
    CHECK_FALSE(world.run(complete(SealAct::destroy)).refusal);
    const auto& seal = world.seal_of("S1");
    CHECK(seal.state == SealState::destroyed);
    CHECK_FALSE(seal.loan);
    CHECK(seal.slot.empty());
    CHECK(register_seal(world, "S1", "0123456789012").refusal->code == Code::conflict);
    CHECK(world.seal("S1", "01", true).refusal);  // nor by a list
}

TEST_CASE("a retired seal leaves only as a take-out that was approved since") {
    World world;
    world.run(approved("R1"));
    auto early = approved("R2");
    early.request.take_out = TakeOut{"issuer", world.now + kDay};
    world.run(early);
    world.pass(milliseconds{1000});
    put_into(world, SealState::retired);
    CHECK(refused_by(world.take("S1", requests({"R1"}), "carl")) == "R08");
    CHECK(refused_by(world.take("S1", requests({"R2"}), "carl")) == "R08");
}

TEST_CASE("retiring a seal that is out is refused") {
    World world;
    world.run(approved("R1"));
    world.take_out("S1", requests({"R1"}), "ann");
    CHECK(refused(world.run(complete(SealAct::retire))) == "R19");
}

TEST_CASE("a registered seal has a filing number of 13 digits, and its own") {
    World world;
    CHECK(register_seal(world, "N1", "123").refusal->field == "filing_no");
    CHECK(register_seal(world, "N1", "12345678901x3").refusal->field == "filing_no");
    CHECK_FALSE(register_seal(world, "N1", "0012345678901").refusal);
    CHECK(world.seal_of("N1").filing_no == "0012345678901");
    CHECK(register_seal(world, "N2", "0012345678901").refusal->code == Code::conflict);
    CHECK(register_seal(world, "N1", "0012345678902").refusal->code == Code::conflict);
}

TEST_CASE("replacing a seal never moves its requests in silence") {
    World world;
    world.run(approved("R1"));
    world.run(approved("R2"));
    ReplaceSeal command;
    command.old_seal = SealId("S1");
    command.by = SealId("S1b");
    command.filing_no = "0000000000017";
    command.basis = "worn";
    auto decision = world.run(command);
    REQUIRE_FALSE(decision.refusal);
    CHECK(decision.events.front().data.texts_or("open") == std::vector<std::string>{"R1", "R2"});
    CHECK(world.seal_of("S1").replaced_by == SealId("S1b"));
    CHECK(world.seal_of("S1b").replaces == SealId("S1"));
    CHECK(world.seal_of("S1b").state == SealState::registered);
    CHECK(world.request_of("R1").state(world.now) == RequestState::revoked);
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R08");
    CHECK(refused(world.run(command)) == "R17");  // once only
}

TEST_CASE("replacing with hold keeps the requests, held until somebody decides") {
    World world;
    world.run(approved("R1"));
    ReplaceSeal command;
    command.old_seal = SealId("S1");
    command.by = SealId("S1b");
    command.filing_no = "0000000000017";
    command.hold = true;
    world.run(command);
    CHECK(world.request_of("R1").state(world.now) == RequestState::held);
}

TEST_CASE("a held request opens nothing until it is released") {
    World world;
    world.run(approved("R1"));
    CHECK_FALSE(world.run(HoldRequest{RequestId("R1"), true, "asked by audit", {}}).refusal);
    CHECK(refused(world.run(HoldRequest{RequestId("R1"), true, "again", {}})) == "R26");
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R26");
    CHECK_FALSE(world.run(HoldRequest{RequestId("R1"), false, "cleared", {}}).refusal);
    CHECK_FALSE(world.take("S1", requests({"R1"}), "ann").refusal);
}

TEST_CASE("two persons release a quarantined seal, and it is believed only when read again") {
    World world;
    world.settle("01", cloned("S1"));
    REQUIRE(world.seal_of("S1").state == SealState::quarantined);
    ReleaseQuarantine command{SealId("S1"), "tag re-mounted", {acting("ann")}, {}};
    CHECK(refused(world.run(command)) == "R18");
    command.persons = {acting("ann"), acting("ann")};  // one is not two
    CHECK(refused(world.run(command)) == "R18");
    command.persons = {acting("ann"), acting("bob", FactorOutcome::wrong)};
    CHECK(refused(world.run(command)) == "R06");
    command.persons = {acting("ann"), acting("bob")};
    CHECK_FALSE(world.run(command).refusal);
    CHECK(world.seal_of("S1").state == SealState::active);
    CHECK(world.seal_of("S1").custody == Custody::unknown);
    world.settle("01", authentic("S1"));
    CHECK(world.seal_of("S1").custody == Custody::in_slot);
    CHECK(refused(world.run(command)) == "R17");
}
