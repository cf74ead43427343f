// Uses: what may be recorded, what it spends, and that the counts always add up.
#include "rules/use.hpp"

#include <random>

#include "rules/proof.hpp"
#include "uses.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

TEST_CASE("a use spends its line and gets the next number of the register") {
    Using world;
    auto first = world.use(2, 1);
    CHECK(first.id == "2025-cab-1-000001");
    CHECK(world.line().used == 2);
    CHECK(world.line().used_cross_page == 1);
    auto left = world.request_of("R1").remaining(world.line(), world.now);
    CHECK(left == Impressions{1, 0});
    CHECK(world.use(1).id == "2025-cab-1-000002");
    CHECK(world.request_of("R1").uses ==
          std::vector<std::string>{"2025-cab-1-000001", "2025-cab-1-000002"});
    CHECK(world.state.uses.at(first.id).session == world.seal_of("S1").loan->session);
}

TEST_CASE("the register begins anew with the local year") {
    Using world;
    world.use(1);
    world.now = Instant{from_rfc3339("2025-12-31T15:59:59Z")->ms};
    auto upsert = approved("R9", "S2");
    upsert.request.applied_at = world.now;
    world.run(upsert);
    world.take_out("S2", requests({"R9"}), "ann");
    auto command = Using::use_of(1);
    command.use.request = RequestId("R9");
    command.use.seal = SealId("S2");
    world.now = Instant{from_rfc3339("2025-12-31T16:00:00Z")->ms};  // midnight in Shanghai
    CHECK(world.run(command).id == "2026-cab-1-000001");
}

TEST_CASE("more than is left is refused, of either kind, and two at once share the last one") {
    Using world;
    CHECK(refused_act(world.use(4)) == "R13");
    CHECK(refused_act(world.use(1, 2)) == "R13");
    CHECK_FALSE(world.use(2).refusal);
    auto one = world.use(1), other = world.use(1);
    CHECK_FALSE(one.refusal);
    CHECK(refused_act(other) == "R13");
    CHECK(world.line().used == 3);
}

TEST_CASE("a use belongs to a loan of that seal under that request") {
    Using world;
    world.run(approved("R2"));
    auto command = Using::use_of(1);
    command.use.request = RequestId("R2");
    CHECK(refused_act(world.run(command)) == "R29");
    command.use.request = RequestId("R7");
    CHECK(refused_act(world.run(command)) == "R01");
    world.run(approved("R3", "S2"));
    command.use.request = RequestId("R3");
    CHECK(refused_act(world.run(command)) == "R01");
    command.use.seal = SealId("S9");
    CHECK(world.run(command).refusal->code == Code::not_found);
}

TEST_CASE("what happened beyond the grant is recorded as excess, alerts, and makes no room") {
    Using world;
    auto command = Using::use_of(5, 1);
    command.excess = "the other party asked for two more";
    auto told = world.run(command);
    CHECK_FALSE(told.refusal);
    CHECK(alerted(told, "excess_impression"));
    CHECK(world.line().used == 3);
    CHECK(world.line().excess == Impressions{2, 0});
    CHECK(world.request_of("R1").remaining(world.line(), world.now).none());
    auto within = Using::use_of(0, 1);
    CHECK(refused_act(world.run(within)) == "R13");
}

TEST_CASE("nothing beyond the grant is no excess") {
    Using world;
    auto command = Using::use_of(1);
    command.excess = "to be safe";
    CHECK(world.run(command).refusal->code == Code::invalid);
    CHECK(world.line().used == 0);
}

TEST_CASE("a withdrawn, held or expired request takes no use, but what happened is told") {
    auto spoil = GENERATE(0, 1, 2);
    Using world;
    if (spoil == 0) world.run(WithdrawRequest{RequestId("R1"), {}});
    if (spoil == 1) world.run(HoldRequest{RequestId("R1"), true, "doubt", {}});
    if (spoil == 2) world.pass(31 * kDay);
    auto rule = refused_act(world.use(1));
    CHECK(rule == (spoil == 0 ? "R03" : spoil == 1 ? "R26" : "R02"));
    auto command = Using::use_of(1);
    command.excess = "stamped before the news came";
    auto told = world.run(command);
    CHECK_FALSE(told.refusal);
    CHECK(alerted(told, "excess_impression"));
    CHECK(world.line().used == 0);
    CHECK(world.line().excess == Impressions{1, 0});
}

TEST_CASE("a use may be recorded late, for as long as the policy says") {
    Using world;
    world.bring_back();
    world.pass(milliseconds{3'600'000});
    auto late = world.use(1);
    REQUIRE_FALSE(late.refusal);
    CHECK(world.state.uses.at(late.id).late);
    CHECK(world.state.uses.at(late.id).at <= world.seal_of("S1").last_returned);
    world.pass(kDay);
    CHECK(refused_act(world.use(1)) == "R29");
}

TEST_CASE("a use lies within its loan: not before it, not in the future") {
    Using world;
    auto command = Using::use_of(1);
    command.at_given = true;
    command.use.at = world.now - 2 * kDay;
    CHECK(refused_act(world.run(command)) == "R29");
    command.use.at = world.now + milliseconds{1};
    CHECK(world.run(command).refusal->code == Code::invalid);
    command.use.at = world.now - milliseconds{1'000};
    CHECK_FALSE(world.run(command).refusal);
}

TEST_CASE("who stamps is a user, a keeper or the holder, by policy only one of them, no approver") {
    Using world;
    CHECK(refused_act(world.use(1, 0, "bob")) == "R04");
    CHECK_FALSE(world.use(1, 0, "carl").refusal);
    world.policy.use.applicant_types = {"company"};
    CHECK(refused_act(world.use(1, 0, "carl")) == "R04");
    world.policy.use = {};
    world.policy.use.custodian_types = {"*"};
    CHECK(refused_act(world.use(1)) == "R04");
    CHECK_FALSE(world.use(1, 0, "cora").refusal);
    world.policy.use = {};
    world.state.requests.at(RequestId("R1")).approvers = {PersonId("ann")};
    CHECK(refused_act(world.use(1)) == "R24");
    CHECK(refused_act(world.use(1, 0, "nobody")) == "R05");
}

TEST_CASE("supervisor, photo and document are asked for where the policy says so") {
    Using world;
    world.policy.use.supervisor_types = {"company"};
    CHECK(refused_act(world.use(1)) == "R30");
    auto command = Using::use_of(1);
    command.witness = Acting{PersonId("ann"), {pin()}};
    CHECK(refused_act(world.run(command)) == "R30");
    command.witness = Acting{PersonId("bob"), {}};
    CHECK(refused_act(world.run(command)) == "R06");
    command.witness = Acting{PersonId("bob"), {pin(FactorOutcome::wrong)}};
    CHECK(refused_act(world.run(command)) == "R06");
    CHECK(world.person_of("bob").failures.size() == 1);
    command.witness = Acting{PersonId("bob"), {pin()}};
    CHECK_FALSE(world.run(command).refusal);
    world.policy.use = {};
    world.policy.use.photo_types = {"company"};
    CHECK(refused_act(world.use(1)) == "R31");
    world.policy.use.document_types = {"company"};
    command.use.after = {std::string(64, 'a')};
    CHECK(refused_act(world.run(command)) == "R32");
    command.use.file = std::string(64, 'b');
    CHECK_FALSE(world.run(command).refusal);
}

TEST_CASE("a factor that was given must be right, also where none was asked for") {
    Using world;
    auto command = Using::use_of(1);
    command.by.factors = {pin(FactorOutcome::wrong)};
    CHECK(refused_act(world.run(command)) == "R06");
    world.policy.use.factors = {"pin"};
    command.by.factors = {};
    CHECK(refused_act(world.run(command)) == "R06");
    command.by.factors = {pin()};
    CHECK_FALSE(world.run(command).refusal);
}

TEST_CASE("a voided sheet keeps its record and what it spent, and is voided once") {
    Using world;
    auto id = world.use(2).id;
    auto by = [&](const char* person) {
        return world.run(VoidUse{id, "misprint", {PersonId(person), {pin()}}, {}});
    };
    CHECK(refused_act(by("bob")) == "R04");
    CHECK_FALSE(by("carl").refusal);
    CHECK(world.state.uses.at(id).voided == world.now);
    CHECK(world.line().used == 2);
    CHECK(refused_act(by("ann")) == "R38");
    auto none = world.run(VoidUse{"2025-cab-1-000009", "x", {PersonId("ann"), {pin()}}, {}});
    CHECK(none.refusal->code == Code::not_found);
}

TEST_CASE("more impressions come on a line of their own, approved by the OA or by two others") {
    Using world;
    world.use(3);
    ExtendRequest more;
    more.request = RequestId("R1");
    more.seal = SealId("S1");
    more.more = {2, 0};
    more.reason = "page 3 was missed";
    more.basis = "note of the director";
    CHECK(refused_act(world.run(more)) == "R18");
    more.persons = two("ann", "mia");
    CHECK(refused_act(world.run(more)) == "R37");
    more.persons = two("bob", "mia");
    CHECK_FALSE(world.run(more).refusal);
    CHECK(world.line().count == 3);
    CHECK(world.line(2).parent == 1);
    CHECK(world.line(2).count == 2);
    CHECK(refused_act(world.use(3)) == "R13");
    CHECK(refused_act(world.use(2)) == "");
    CHECK(world.line(2).used == 2);
    more.persons.clear();
    more.approved = true;
    CHECK_FALSE(world.run(more).refusal);
    CHECK_FALSE(world.use(1).refusal);
    CHECK(world.line(3).used == 1);
    CHECK(refused_act(world.use(1, 0, "bob")) == "R04");
}

TEST_CASE("a used-up request can be taken again once more is granted") {
    Using world(1, 0);
    world.use(1);
    world.bring_back();
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R13");
    ExtendRequest more;
    more.request = RequestId("R1");
    more.seal = SealId("S1");
    more.more = {1, 0};
    more.approved = true;
    world.run(more);
    CHECK_FALSE(world.take("S1", requests({"R1"}), "ann").refusal);
}

TEST_CASE("whatever is recorded, the counts of every line add up") {
    auto seed = GENERATE(range(1U, 25U));
    std::mt19937 random(seed);
    auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    Using world(6, 2);
    std::int64_t uses = 0, impressions = 0;
    for (int i = 0; i < 60; ++i) {
        auto command = Using::use_of(below(3), below(2), below(2) == 0 ? "ann" : "carl");
        if (below(4) == 0) command.excess = "it happened";
        if (below(5) == 0) command.use.line = 1 + below(3);
        auto done = world.run(command);
        if (!done.refusal) {
            ++uses;
            impressions += command.use.impressions.ordinary + command.use.impressions.cross_page;
        }
        if (below(20) == 0)
            world.run(ExtendRequest{RequestId("R1"),
                                    SealId("S1"),
                                    {below(3), below(2)},
                                    0,
                                    "r",
                                    "b",
                                    {},
                                    true,
                                    {},
                                    {}});
        if (below(40) == 0) world.run(WithdrawRequest{RequestId("R1"), {}});
        if (below(15) == 0 && !world.state.uses.empty())
            world.run(
                VoidUse{world.state.uses.begin()->first, "v", {PersonId("ann"), {pin()}}, {}});
        world.pass(milliseconds{below(kDay.count() > 0 ? 100'000'000 : 1)});
    }
    const auto& request = world.request_of("R1");
    std::vector<Use> all;
    for (const auto& id : request.uses)
        all.push_back(world.state.uses.at(id));
    CountTotals totals;
    add_up(request, all, world.now, totals);
    compare_entries(uses, impressions, totals);
    CHECK(totals.mismatches == 0);
    CHECK(totals.granted == totals.used + totals.remaining + totals.cancelled);
    CHECK(totals.impressions == totals.used + totals.excess);
}

TEST_CASE("a line that does not fit its uses is named by the proof, and alerts") {
    Using world;
    world.use(2);
    std::vector<Use> uses{world.state.uses.begin()->second};
    CountTotals good, few, none, other;
    add_up(world.request_of("R1"), uses, world.now, good);
    CHECK(good.mismatches == 0);
    add_up(world.request_of("R1"), {}, world.now, none);
    CHECK(none.named == std::vector<std::string>{"R1/1"});
    uses[0].impressions.ordinary = 1;
    add_up(world.request_of("R1"), uses, world.now, few);
    CHECK(few.mismatches == 1);
    add_up(world.request_of("R1"), {world.state.uses.begin()->second}, world.now, other);
    compare_entries(2, 4, other);
    CHECK(other.named == std::vector<std::string>{"ledger"});
    auto told = world.run(ProveCounts{other, {}});
    CHECK(alerted(told, "counts_mismatch"));
    CHECK_FALSE(alerted(world.run(ProveCounts{good, {}}), "counts_mismatch"));
    CHECK(world.state.node.counts_proved == world.now);
}

TEST_CASE("numbers of the register are read back, and nothing else is one") {
    CHECK(register_id("cab-1", {2026, 7}) == "2026-cab-1-000007");
    CHECK(register_id("a", {2026, 1'234'567}) == "2026-a-1234567");
    CHECK(register_number("2026-cab-1-000123")->number == 123);
    CHECK(register_number("2026-cab-1-000123")->year == 2026);
    for (const char* text : {"", "2026", "2026-1", "x-cab-1", "2026-cab-x", "2026-cab-"})
        CHECK_FALSE(register_number(text));
    CHECK(cabinet_in("demo.example/cab-1/sim") == "cab-1");
    CHECK(cabinet_in("demo.example/cab-1") == "cab-1");
}
