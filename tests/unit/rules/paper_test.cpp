// Requests made at the cabinet: on paper, and in an emergency; and how the OA follows.
#include "uses.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

PaperRequest paper(const char* id, const char* first = "bob", const char* second = "mia") {
    PaperRequest command;
    command.request.source = kPaperSource;
    command.request.external_id = id;
    command.request.applicant = PersonId("ann");
    command.request.basis = "signed by the director";
    Line line;
    line.seal = SealId("S1");
    line.count = 2;
    line.users = {PersonId("ann")};
    command.request.lines = {line};
    command.persons = two(first, second);
    return command;
}

OpenEmergency emergency(std::int64_t count = 2) {
    OpenEmergency command;
    command.id = RequestId("E1");
    command.seal = SealId("S1");
    command.most = {count, 0};
    command.reason = "the tender closes at noon";
    command.persons = two("ann", "bob");
    return command;
}

void in_departments(World& world) {
    world.state.persons.at(PersonId("ann")).department = "sales";
    world.state.persons.at(PersonId("bob")).department = "legal";
}

Decision match(World& world, const char* request, const char* number) {
    return world.run(MatchRequest{RequestId(request), "oa", number, {}});
}

void stamp(World& world, const char* request, std::int64_t count) {
    auto command = Using::use_of(count);
    command.use.request = RequestId(request);
    REQUIRE_FALSE(world.run(command).refusal);
}

}  // namespace

TEST_CASE("two others put a request in on paper; neither applied nor takes") {
    World world;
    CHECK(refused_act(world.run(paper("P1", "ann", "mia"))) == "R33");
    auto one = paper("P1");
    one.persons.pop_back();
    CHECK(refused_act(world.run(one)) == "R18");
    one = paper("P1");
    one.persons[1].factors.clear();
    CHECK(refused_act(world.run(one)) == "R06");
    REQUIRE_FALSE(world.run(paper("P1")).refusal);
    CHECK(world.request_of("P1").is_paper());
    CHECK(world.request_of("P1").valid_to() == world.now + world.policy.paper_window);
    CHECK(refused_by(world.take("S1", requests({"P1"}), "bob")) == "R04");
    world.take_out("S1", requests({"P1"}), "ann");
    stamp(world, "P1", 2);
}

TEST_CASE("a paper form's number is used once, and a paper without a name is for custodians") {
    World world;
    world.run(paper("P1"));
    CHECK(world.run(paper("P1")).refusal->code == Code::conflict);
    auto unnamed = paper("P2");
    unnamed.request.applicant = {};
    unnamed.request.lines[0].users.clear();
    REQUIRE_FALSE(world.run(unnamed).refusal);
    CHECK(refused_by(world.take("S1", requests({"P2"}), "ann")) == "R04");
    CHECK_FALSE(world.take("S1", requests({"P2"}), "carl").refusal);
}

TEST_CASE("no bridge brings in what is made at the cabinet") {
    World world;
    for (auto source : {kPaperSource, kEmergencySource, kSelfSource}) {
        auto upsert = approved("R1");
        upsert.request.source = source;
        auto decision = world.run(upsert);
        CHECK(decision.refusal->code == Code::invalid);
        CHECK(decision.refusal->field == "source");
    }
}

TEST_CASE("a matched paper request leaves the OA's own grant none, whichever came first") {
    bool before = GENERATE(true, false);
    World world;
    world.run(paper("P1"));
    if (before) world.run(approved("R1"));
    REQUIRE_FALSE(match(world, "P1", "R1").refusal);
    if (!before) {
        CHECK(world.run(approved("R1")).upserted == Upserted::accepted);
        CHECK(world.run(approved("R1")).upserted == Upserted::unchanged);
    }
    CHECK(world.request_of("R1").state(world.now) == RequestState::superseded);
    CHECK(world.request_of("R1").title == "contract");
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R03");
    CHECK_FALSE(world.take("S1", requests({"P1"}), "ann").refusal);
}

TEST_CASE("only the seal that was on paper loses its grant") {
    World world;
    world.run(paper("P1"));
    auto both = approved("R1");
    both.request.lines.push_back(both.request.lines[0]);
    both.request.lines[1].seal = SealId("S2");
    world.run(both);
    REQUIRE_FALSE(match(world, "P1", "R1").refusal);
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R03");
    CHECK_FALSE(world.take("S2", requests({"R1"}), "ann").refusal);
}

TEST_CASE("a paper request is matched once, to a number that nobody used") {
    World world;
    for (const char* id : {"R1", "R2", "R3"})
        world.run(approved(id));
    world.run(paper("P1"));
    world.run(paper("P2"));
    CHECK_FALSE(match(world, "P1", "R1").refusal);
    auto again = match(world, "P1", "R1");
    CHECK_FALSE(again.refusal);
    CHECK(again.events.empty());
    CHECK(refused_act(match(world, "P1", "R2")) == "R44");
    CHECK(refused_act(match(world, "P2", "R1")) == "R44");
    world.take_out("S1", requests({"R2"}), "ann");
    CHECK(refused_act(match(world, "P2", "R2")) == "R44");
    world.run(with_status(approved("R3"), "withdrawn"));
    CHECK(refused_act(match(world, "P2", "R3")) == "R03");
    CHECK(refused_act(match(world, "R1", "R3")) == "R44");
    CHECK(match(world, "P9", "R3").refusal->code == Code::not_found);
}

TEST_CASE("an emergency is small, short, by two persons of two departments, and told at once") {
    World world;
    CHECK(refused_act(world.run(emergency())) == "R20");
    in_departments(world);
    CHECK(refused_act(world.run(emergency(4))) == "R34");
    auto alone = emergency();
    alone.persons[1] = alone.persons[0];
    CHECK(refused_act(world.run(alone)) == "R18");
    world.policy.emergency.types = {"finance"};
    CHECK(refused_act(world.run(emergency())) == "R34");
    world.policy.emergency.types = {"*"};
    auto opened = world.run(emergency());
    REQUIRE_FALSE(opened.refusal);
    CHECK(alerted(opened, "breakglass_used"));
    CHECK(refused_by(world.take("S1", requests({"E1"}), "bob")) == "R04");
    CHECK(world.run(emergency()).refusal->code == Code::conflict);
    auto other = emergency();
    other.id = RequestId();
    CHECK(refused_act(world.run(other)) == "R35");
}

TEST_CASE("after its minutes an emergency opens nothing") {
    World world;
    in_departments(world);
    world.run(emergency());
    world.pass(world.policy.emergency.window + milliseconds{1});
    CHECK(refused_by(world.take("S1", requests({"E1"}), "ann")) == "R02");
}

TEST_CASE("an emergency that nobody cured in time keeps its seal in, until it is cured") {
    World world;
    in_departments(world);
    world.run(emergency());
    world.take_out("S1", requests({"E1"}), "ann");
    stamp(world, "E1", 2);
    world.walk(world.give_back("S1", "ann"), authentic("S1"));
    auto few = approved("R1");
    few.given = {{true, false, false, false}};
    few.request.lines[0].count = 1;
    world.run(few);
    world.run(approved("R2", "S2"));
    auto enough = approved("R3");
    enough.request.lines[0].copies = 2;
    world.run(enough);
    CHECK_FALSE(alerted(world.run(TimePassed{}), "breakglass_uncured"));
    world.pass(world.policy.emergency.cure + milliseconds{1});
    CHECK(alerted(world.run(TimePassed{}), "breakglass_uncured"));
    evict_settled(world.state, world.now);  // it is remembered for as long as it is open
    CHECK(refused_by(world.take("S1", requests({"R3"}), "ann")) == "R35");
    CHECK(refused_act(match(world, "E1", "R1")) == "R13");
    CHECK(refused_act(match(world, "E1", "R2")) == "R01");
    CHECK(refused_act(match(world, "E1", "R8")) == "R01");
    REQUIRE_FALSE(match(world, "E1", "R3").refusal);
    CHECK(world.request_of("E1").cured_by.str() == "R3");
    CHECK(refused_by(world.take("S1", requests({"R3"}), "ann")) == "R03");
    CHECK_FALSE(world.take("S1", requests({"R1"}), "ann").refusal);
    CHECK(refused_act(match(world, "E1", "R1")) == "R44");
}

TEST_CASE("an emergency under which nothing was taken needs no cure") {
    World world;
    in_departments(world);
    world.run(emergency());
    world.pass(2 * kDay);
    world.run(approved("R1"));
    CHECK_FALSE(world.take("S1", requests({"R1"}), "ann").refusal);
}

TEST_CASE("a take-out goes with reason and supervisor where the policy asks") {
    World world;
    world.policy.use.escorted_types = {"company"};
    auto upsert = approved("R1");
    upsert.request.take_out = TakeOut{"court", kStart + kDay};
    world.run(upsert);
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R40");
    auto whole = approved("R2");
    whole.request.take_out = TakeOut{"court", kStart + kDay, "hearing", PersonId("bob")};
    world.run(whole);
    CHECK_FALSE(world.take("S1", requests({"R2"}), "ann").refusal);
}

TEST_CASE("a seal that is out is called back once") {
    World world;
    world.run(approved("R1"));
    RecallSeal recall{SealId("S1"), "needed in court", {}};
    CHECK(refused_act(world.run(recall)) == "R16");
    world.take_out("S1", requests({"R1"}), "ann");
    CHECK(has(world.run(recall), EventType::seal_recalled));
    CHECK(world.run(recall).events.empty());
    CHECK(world.seal_of("S1").loan->recalled);
}
