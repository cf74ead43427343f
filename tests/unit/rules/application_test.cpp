// Applying at the cabinet: what may be applied for, how it is numbered, what it grants and when.
#include "applying.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

TakeOut outside() {
    return {"法院", kStart + kDay, "开庭", PersonId("mia")};
}

Decision apply_with(const Policy& policy, const Apply& command = application()) {
    World world;
    world.policy = policy;
    return world.run(command);
}

}  // namespace

TEST_CASE("what is applied for opens nothing until every post has approved, and then it does") {
    Applied applied;
    auto& world = applied.world;
    CHECK(applied.state() == RequestState::received);
    CHECK(refused_by(world.take("S1", {RequestId(applied.id)}, "ann")) == "R01");
    CHECK_FALSE(applied.approve("bob").refusal);
    CHECK(applied.state() == RequestState::received);
    CHECK(refused_by(world.take("S1", {RequestId(applied.id)}, "ann")) == "R01");
    auto last = applied.approve("cora");
    CHECK(names_of(last.events) ==
          std::vector<std::string>{"approval.given", "request.accepted", "alert.closed"});
    CHECK(applied.state() == RequestState::accepted);
    CHECK(applied.request().chain == "部门负责人 bob(bob) → 总经理 cora(cora)");
    world.take_out("S1", {RequestId(applied.id)}, "ann");
    CHECK(applied.state() == RequestState::in_progress);
}

TEST_CASE("nothing is granted on a line while its application waits") {
    Applied applied;
    const auto& line = applied.request().lines.front();
    CHECK(applied.request().remaining(line, applied.world.now).none());
    applied.approve_all();
    CHECK(applied.request().remaining(line, applied.world.now) == Impressions{2, 0});
}

TEST_CASE("the cabinet numbers applications by the year on its wall") {
    Applied applied;
    CHECK(applied.id == "SQ-2025-000001");
    auto& world = applied.world;
    CHECK(world.run(application()).id == "SQ-2025-000002");
    world.now = *from_rfc3339("2025-12-31T15:59:59Z");
    CHECK(world.run(application()).id == "SQ-2025-000003");
    world.now = *from_rfc3339("2025-12-31T16:00:00Z");  // midnight in Shanghai
    CHECK(world.run(application()).id == "SQ-2026-000001");
    world.now = *from_rfc3339("2025-12-01T00:00:00Z");  // a clock that two persons set back
    CHECK(world.run(application()).id == "SQ-2026-000002");
}

TEST_CASE("a number of one's own is kept, and none is given twice") {
    World world;
    world.policy = two_posts();
    auto own = application();
    own.request.external_id = "HT-7";
    CHECK(world.run(own).id == "HT-7");
    auto again = world.run(own);
    REQUIRE(again.refusal);
    CHECK(again.refusal->code == Code::conflict);
    own.request.external_id = "SQ-2025-000009";
    CHECK(world.run(own).refusal->field == "id");
    world.run(approved("SQ-2025-000007"));  // an OA that numbers likewise
    world.run(approved("SQ-2999-000001"));
    CHECK(world.run(application()).id == "SQ-2025-000008");
    world.run(approved("HT-8"));
    own.request.external_id = "HT-8";
    CHECK(world.run(own).id == "self:HT-8");
}

TEST_CASE("who applies shows who he is, and a wrong PIN is a failure of his") {
    World world;
    world.policy = two_posts();
    auto wrong = application();
    wrong.applicant = proved("ann", FactorOutcome::wrong);
    CHECK(refused_act(world.run(wrong)) == "R06");
    CHECK(world.person_of("ann").failures.size() == 1);
    CHECK(refused_act(world.run(application("lee"))) == "R05");
    CHECK(world.state.requests.empty());
}

TEST_CASE("a bridge cannot bring in what nobody applied for here") {
    World world;
    auto forged = approved("SQ-2025-000001");
    forged.request.source = "self";
    auto decided = world.run(forged);
    REQUIRE(decided.refusal);
    CHECK(decided.refusal->field == "source");
    CHECK(decided.events.empty());
}

TEST_CASE("only a seal in use, with one chain for all that is asked") {
    auto policy = two_posts();
    CHECK(refused_act(apply_with(policy, application("ann", "S4"))) == "R08");
    auto none = policy;
    none.approvals.clear();
    CHECK(refused_act(apply_with(none)) == "R01");
    none.approvals = {{{"finance"}, {"gm"}, 0}};
    CHECK(refused_act(apply_with(none)) == "R01");
    none.approvals.push_back({{}, {"gm"}, 0});  // all others
    CHECK_FALSE(apply_with(none).refusal);

    World world;
    world.policy = two_posts();
    world.policy.approvals.push_back({{}, {"gm"}, 0});
    Seal other;
    other.id = SealId("F1");
    other.name = "finance";
    other.type = "finance";
    world.run(SealUpsert{other, true});
    auto both = application();
    both.request.lines.push_back(both.request.lines.front());
    both.request.lines.back().seal = SealId("F1");
    both.given.push_back({});
    CHECK(refused_act(world.run(both)) == "R36");
    both.request.lines.back().seal = SealId("S2");
    CHECK_FALSE(world.run(both).refusal);
}

TEST_CASE("counts lie within bounds, and whoever is named is there") {
    auto policy = two_posts();
    CHECK(apply_with(policy, application("ann", "S1", 0)).refusal->code == Code::invalid);
    CHECK(apply_with(policy, application("ann", "S9")).refusal->code == Code::invalid);
    auto none = application();
    none.request.lines.clear();
    CHECK(apply_with(policy, none).refusal->code == Code::invalid);
    auto left = application();
    left.request.lines.front().users = people({"lee"});
    left.given.front().users = true;
    CHECK(refused_act(apply_with(policy, left)) == "R05");
}

TEST_CASE("a post with a limit ends the chain for what lies within it") {
    auto policy = two_posts();
    policy.posts[0].max_impressions = 5;
    auto steps_for = [&](std::int64_t copies) {
        World world;
        world.policy = policy;
        auto received = world.run(application("ann", "S1", copies));
        return received.refusal
                   ? refused_act(received)
                   : std::to_string(
                         world.request_of(received.id.c_str()).application->steps.size());
    };
    CHECK(steps_for(5) == "1");
    CHECK(steps_for(6) == "2");
    policy.posts[1].max_impressions = 20;
    CHECK(steps_for(20) == "2");
    CHECK(steps_for(21) == "R01");  // beyond everybody's power
    policy.approvals[0].max_impressions = 4;
    CHECK(steps_for(4) == "1");
    CHECK(steps_for(5) == "R01");
}

TEST_CASE("cross-page impressions count, too") {
    auto policy = two_posts();
    policy.approvals[0].max_impressions = 3;
    auto command = application();
    command.request.lines.front().cross_page = 2;
    CHECK(refused_act(apply_with(policy, command)) == "R01");
}

TEST_CASE("a take-out names place, due, reason and somebody else who goes with it") {
    auto policy = two_posts();
    auto with = [&](TakeOut out) {
        auto command = application();
        command.request.take_out = std::move(out);
        return apply_with(policy, command);
    };
    CHECK_FALSE(with(outside()).refusal);
    auto out = outside();
    out.reason.clear();
    CHECK(refused_act(with(out)) == "R40");
    out = outside();
    out.supervisor = PersonId{};
    CHECK(refused_act(with(out)) == "R40");
    out.supervisor = PersonId("ann");
    CHECK(refused_act(with(out)) == "R40");
    out.supervisor = PersonId("lee");
    CHECK(refused_act(with(out)) == "R05");
    out = outside();
    out.place.clear();
    CHECK(with(out).refusal->field == "take_out.place");
    out = outside();
    out.due = kStart - kDay;
    CHECK(with(out).refusal->field == "take_out.due");
}

TEST_CASE("what was applied for is kept whole, through approval and its row") {
    auto command = application();
    command.request.take_out = outside();
    command.request.remark = "年度采购";
    command.request.application = Application{"HT-2025-17", "某某公司", {}};
    Applied applied(command);
    applied.approve_all();
    auto back = request_from(to_value(applied.request()));
    CHECK(back.title == "采购合同");
    CHECK(back.remark == "年度采购");
    CHECK(back.applicant_name == "ann");
    CHECK(back.take_out == outside());
    CHECK(back.lines.front().mode == LineMode::take_out);
    CHECK(back.approvers == people({"bob", "cora"}));
    REQUIRE(back.application);
    CHECK(back.application->number == "HT-2025-17");
    CHECK(back.application->counterpart == "某某公司");
    CHECK(back.application->accepted);
    CHECK(back.application->steps[0].opinion == "同意");
    CHECK(back.application->steps[0].at == kStart);
    CHECK(to_value(back) == to_value(applied.request()));
}

TEST_CASE("an application is live while it waits, also past a restart, and no longer") {
    Applied applied;
    auto& world = applied.world;
    auto row = [&] { return row_view(world.state, {"request", applied.id}, world.now); };
    CHECK(row().live);
    CHECK(row().until == applied.request().valid_to());
    evict_settled(world.state, world.now);
    REQUIRE(has_row(world.state, {"request", applied.id}));
    State restarted;
    restore_row(restarted, "request", *row().body);
    restore_row(restarted, "node", to_value(world.state.node));
    CHECK(rows_of(restarted, world.now).find("request " + applied.id)->find("application") !=
          nullptr);
    CHECK(restarted.node.application_number == 1);
    REQUIRE_FALSE(applied.reject("bob").refusal);
    CHECK_FALSE(row().live);
}

TEST_CASE("who applied takes it back while it waits; nobody else does, and not later") {
    Applied applied;
    auto& world = applied.world;
    auto by = [&](const char* person) {
        return world.run(WithdrawRequest{RequestId(applied.id), {}, proved(person)});
    };
    CHECK(refused_act(by("bob")) == "R36");
    auto wrong = WithdrawRequest{RequestId(applied.id), {}, proved("ann", FactorOutcome::wrong)};
    CHECK(refused_act(world.run(wrong)) == "R06");
    auto done = by("ann");
    REQUIRE_FALSE(done.refusal);
    CHECK(done.events.front().person == PersonId("ann"));
    CHECK(applied.state() == RequestState::withdrawn);
    CHECK(applied.due() == nullptr);
    CHECK(refused_act(applied.approve("bob")) == "R39");
    CHECK(refused_act(by("ann")) == "R39");

    Applied granted;
    granted.approve_all();
    CHECK(refused_act(granted.world.run(
              WithdrawRequest{RequestId(granted.id), {}, proved("ann")})) == "R39");
    world.run(approved("R1"));
    CHECK(refused_act(world.run(WithdrawRequest{RequestId("R1"), {}, proved("ann")})) == "R36");
}

TEST_CASE("whoever brings requests in withdraws an application, too") {
    Applied applied;
    CHECK_FALSE(applied.world.run(WithdrawRequest{RequestId(applied.id), {}, {}}).refusal);
    CHECK(applied.state() == RequestState::withdrawn);
    CHECK(applied.due() == nullptr);
}

TEST_CASE("what is not approved neither grants more nor cures an emergency") {
    Applied applied;
    auto& world = applied.world;
    ExtendRequest more;
    more.request = RequestId(applied.id);
    more.seal = SealId("S1");
    more.more = {1, 0};
    more.reason = more.basis = "one sheet more";
    more.approved = true;
    CHECK(refused_act(world.run(more)) == "R01");
    for (const auto* id : {"ann", "carl"}) {  // of two departments
        auto person = world.person_of(id);
        person.department = id;
        world.run(PersonUpsert{person});
    }
    OpenEmergency emergency{
        {}, SealId("S1"), {1, 0}, "the court waits", {proved("ann"), proved("carl")}, {}};
    auto opened = world.run(emergency);
    INFO((opened.refusal ? opened.refusal->detail : std::string()));
    REQUIRE_FALSE(opened.refusal);
    MatchRequest cure;
    cure.request = RequestId(opened.id);
    cure.source = kSelfSource;
    cure.external_id = applied.id;
    CHECK(refused_act(world.run(cure)) == "R01");
    applied.approve_all();
    CHECK_FALSE(world.run(cure).refusal);
}
