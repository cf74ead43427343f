// The chain of posts: whose turn it is, who stands in for whom, who never decides, what is on
// record.
#include "rules/approval.hpp"

#include "applying.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

void leaves(World& world, const char* id) {
    world.person(id, false);
}

const ApprovalStep& step_of(Applied& applied, std::size_t number) {
    return applied.request().application->steps.at(number - 1);
}

}  // namespace

TEST_CASE("posts approve in their order, each by who holds it") {
    Applied applied;
    CHECK(refused_act(applied.approve("cora")) == "R36");  // not yet
    CHECK(refused_act(applied.approve("mia")) == "R36");
    CHECK(refused_act(applied.approve("lee")) == "R36");
    REQUIRE_FALSE(applied.approve("bob").refusal);
    CHECK(refused_act(applied.approve("bob")) == "R36");  // it is not his turn twice
    CHECK(refused_act(applied.approve("carl")) == "R36");
    REQUIRE_FALSE(applied.approve("cora").refusal);
    CHECK(refused_act(applied.approve("cora")) == "R39");
    CHECK(applied.request().approvers == people({"bob", "cora"}));
}

TEST_CASE("who decides shows who he is") {
    Applied applied;
    auto wrong = decision(applied.id, "bob");
    wrong.person = proved("bob", FactorOutcome::wrong);
    CHECK(refused_act(applied.world.run(wrong)) == "R06");
    CHECK(applied.world.person_of("bob").failures.size() == 1);
    wrong.person.factors.clear();
    CHECK(refused_act(applied.world.run(wrong)) == "R06");
    CHECK(applied.state() == RequestState::received);
}

TEST_CASE("nobody decides on what he applied for or is to use, as a delegate neither") {
    World world;
    world.policy = two_posts();
    auto own = world.run(application("bob"));
    CHECK(refused_act(world.run(decision(own.id, "bob"))) == "R37");
    CHECK(refused_act(world.run(decision(own.id, "bob", false))) == "R37");
    CHECK_FALSE(world.run(decision(own.id, "carl")).refusal);  // his delegate does

    auto delegates = world.run(application("carl"));
    CHECK(refused_act(world.run(decision(delegates.id, "carl", true, "bob"))) == "R37");
    auto users = application();
    users.request.lines.front().users = people({"ann", "bob"});
    users.given.front().users = true;
    auto used = world.run(users);
    CHECK(refused_act(world.run(decision(used.id, "bob"))) == "R37");
}

TEST_CASE("a delegate says for whom he decides while the holder is there") {
    Applied applied;
    CHECK(refused_act(applied.approve("carl")) == "R36");
    CHECK(refused_act(applied.approve("carl", "cora")) == "R36");  // she holds another post
    auto given = applied.approve("carl", "bob");
    REQUIRE_FALSE(given.refusal);
    CHECK(given.events.front().data.text_or("delegate_of") == "bob");
    CHECK(step_of(applied, 1).decided_by == PersonId("carl"));
    CHECK(step_of(applied, 1).delegate_of == PersonId("bob"));
    applied.approve("cora");
    CHECK(applied.request().approvers == people({"carl", "cora"}));
}

TEST_CASE("of an approver who has left the delegate decides") {
    Applied applied;
    leaves(applied.world, "bob");
    CHECK(refused_act(applied.approve("bob")) == "R05");
    REQUIRE_FALSE(applied.approve("carl").refusal);
    CHECK(step_of(applied, 1).delegate_of == PersonId("bob"));
}

TEST_CASE("where nobody is left the refusal names the post, and whom it is given to decides") {
    Applied applied;
    auto& world = applied.world;
    leaves(world, "bob");
    leaves(world, "carl");
    CHECK(deciders_of(world.state, world.policy, applied.request()).empty());
    auto stuck = applied.approve("cora");
    CHECK(refused_act(stuck) == "R36");
    CHECK_THAT(stuck.refusal->detail, ContainsSubstring("[[post]] head"));
    CHECK(localise(*stuck.refusal, Language::zh_CN).detail.find("任命") != std::string::npos);
    world.policy.posts[0].persons = people({"mia"});
    CHECK(deciders_of(world.state, world.policy, applied.request()) == people({"mia"}));
    REQUIRE_FALSE(applied.approve("mia").refusal);
    CHECK(step_of(applied, 1).appointed);
    CHECK(step_of(applied, 1).persons == people({"bob"}));  // as it was
}

TEST_CASE("one person decides one step, whatever he holds") {
    Applied applied;
    applied.world.policy.posts[1].persons = people({"bob", "cora"});
    auto second = applied.world.run(application("mia", "S2"));
    REQUIRE_FALSE(applied.world.run(decision(second.id, "bob")).refusal);
    CHECK(refused_act(applied.world.run(decision(second.id, "bob"))) == "R36");
    CHECK_FALSE(applied.world.run(decision(second.id, "cora")).refusal);
}

TEST_CASE("the chain stays as it was when the application came") {
    Applied applied;
    auto before = to_value(*applied.request().application);
    auto& policy = applied.world.policy;
    policy.posts[0] = {"head", "负责人", "nothing any more", people({"mia"}), {}, 1};
    policy.approvals[0].steps = {"head"};
    CHECK(to_value(*applied.request().application) == before);
    CHECK(refused_act(applied.approve("mia")) == "R36");
    auto given = applied.approve("bob");
    REQUIRE_FALSE(given.refusal);
    CHECK(given.events.front().data.text_or("post_title") == "部门负责人");
    CHECK(given.events.front().data.text_or("powers") == "本部门用印");
    CHECK(applied.state() == RequestState::received);  // the second step is still asked
}

TEST_CASE("who approved does not take") {
    Applied applied;
    REQUIRE_FALSE(applied.approve("carl", "bob").refusal);  // a keeper of the seal
    REQUIRE_FALSE(applied.approve("cora").refusal);
    CHECK(refused_by(applied.world.take("S1", {RequestId(applied.id)}, "carl")) == "R24");
    applied.world.take_out("S1", {RequestId(applied.id)}, "ann");
}

TEST_CASE("a refusal ends the application, with its reason") {
    Applied applied;
    auto refused = applied.reject("bob");
    CHECK(names_of(refused.events) ==
          std::vector<std::string>{"approval.refused", "request.rejected", "alert.closed"});
    CHECK(applied.state() == RequestState::rejected);
    CHECK(step_of(applied, 1).refused);
    CHECK(step_of(applied, 1).opinion == "要件不全");
    CHECK(refused_act(applied.approve("cora")) == "R39");
    CHECK(refused_by(applied.world.take("S1", {RequestId(applied.id)}, "ann")) == "R01");
    CHECK(applied.request().over());
    auto withdrawn = applied.world.run(WithdrawRequest{RequestId(applied.id), {}, {}});
    CHECK(withdrawn.events.empty());
}

TEST_CASE("what is no application, or over, is not decided") {
    Applied applied;
    auto& world = applied.world;
    world.run(approved("R1"));
    CHECK(refused_act(world.run(decision("R1", "bob"))) == "R39");
    CHECK(world.run(decision("R9", "bob")).refusal->code == Code::not_found);
    world.run(HoldRequest{RequestId(applied.id), true, "doubt", {}});
    CHECK(applied.state() == RequestState::held);
    CHECK(refused_act(applied.approve("bob")) == "R26");
    world.run(HoldRequest{RequestId(applied.id), false, "cleared", {}});
    CHECK(applied.state() == RequestState::received);
    world.pass(31 * kDay);
    CHECK(applied.state() == RequestState::expired);
    CHECK(refused_act(applied.approve("bob")) == "R39");
}

TEST_CASE("an application for a seal that is replaced ends with it") {
    Applied applied;
    auto& world = applied.world;
    ReplaceSeal replace{SealId("S1"), SealId("S9"), "1234567890123", "worn", {}, {}, false, {}};
    REQUIRE_FALSE(world.run(replace).refusal);
    CHECK(applied.state() == RequestState::revoked);
    CHECK(refused_act(applied.approve("bob")) == "R39");
    world.run(TimePassed{});
    CHECK(applied.due() == nullptr);
}

TEST_CASE("whoever is to decide is told, step by step, and the rules close what is done") {
    Applied applied;
    auto& world = applied.world;
    REQUIRE(applied.due() != nullptr);
    CHECK(applied.due()->about == applied.id + " head");
    CHECK(applied.due()->person == PersonId("bob"));
    CHECK(applied.due()->severity == "low");
    const auto& raised = world.log.back();
    CHECK(raised.request == RequestId(applied.id));
    CHECK(raised.data.text_or("post") == "head");
    CHECK(raised.data.texts_or("persons") == std::vector<std::string>{"bob"});
    auto first = applied.due()->id;
    applied.approve("bob");
    REQUIRE(applied.due() != nullptr);
    CHECK(applied.due()->id != first);
    CHECK(applied.due()->about == applied.id + " gm");
    CHECK(world.state.alerts.at(first).state == AlertState::closed);
    applied.approve("cora");
    CHECK(applied.due() == nullptr);
    CHECK(world.run(TimePassed{}).events.empty());
}

TEST_CASE("the notice of an application that nobody decided in time is closed by time") {
    Applied applied;
    auto& world = applied.world;
    CHECK(world.run(TimePassed{}).events.empty());
    world.policy.inventory_every = world.policy.inventory_full_every = milliseconds{0};
    world.pass(31 * kDay);
    world.run(TimePassed{});
    CHECK(applied.due() == nullptr);
    Applied evicted;
    evicted.world.state.requests.clear();
    evicted.world.run(TimePassed{});
    CHECK(evicted.due() == nullptr);
}

TEST_CASE("two applications have a notice each") {
    Applied applied;
    applied.world.run(application("mia", "S2"));
    std::size_t open = 0;
    for (const auto& [id, alert] : applied.world.state.alerts)
        if (alert.type == "approval_due" && alert.state == AlertState::open) ++open;
    CHECK(open == 2);
    applied.reject("bob");
    REQUIRE(applied.due() != nullptr);
    CHECK(applied.due()->about != applied.id + " head");
}
