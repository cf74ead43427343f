// A take: default deny, every rule named, recorded, and told how to satisfy it.
#include "words/texts.hpp"
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

World with_request(const char* id = "R1") {
    World world;
    world.run(approved(id));
    return world;
}

}  // namespace

TEST_CASE("a take with an approved request opens a session and orders one unlock") {
    auto world = with_request();
    auto decision = world.take("S1", requests({"R1"}), "ann");
    REQUIRE_FALSE(decision.refusal);
    CHECK(names_of(decision.events) ==
          std::vector<std::string>{"session.opened", "slot.unlock_cmd"});
    const auto& order = decision.events[1];
    CHECK(order.session == SessionId(decision.id));
    CHECK(order.data.text_or("slot") == "01");
    CHECK(order.data.text_or("nonce").size() == 32);
    CHECK(order.data.integer_or("pulse_ms") == world.policy.pulse.count());
    CHECK(decision.events[0].request == RequestId("R1"));
    CHECK(world.session(decision.id).stage == Stage::promised);
    CHECK_FALSE(world.seal_of("S1").loan);
}

TEST_CASE("no request, an unknown one, or one for another seal opens nothing: R01") {
    auto world = with_request();
    CHECK(refused_by(world.take("S1", {}, "ann")) == "R01");
    CHECK(refused_by(world.take("S1", requests({"R9"}), "ann")) == "R01");
    CHECK(refused_by(world.take("S2", requests({"R1"}), "ann")) == "R01");
    CHECK(refused_by(world.take("S2", requests({"R1"}), "carl")) == "R01");  // nor for a custodian
}

TEST_CASE("a request opens from the first to the last millisecond of its window: R02") {
    World world;
    auto upsert = approved("R1");
    upsert.given = {{false, false, true, true}};
    upsert.request.lines[0].valid_from = kStart + kDay;
    upsert.request.lines[0].valid_to = kStart + 2 * kDay;
    world.run(upsert);
    auto at = [&](Instant moment) {
        auto then = world;
        then.now = moment;
        return refused_by(then.take("S1", requests({"R1"}), "ann"));
    };
    CHECK(at(kStart + kDay - milliseconds{1}) == "R02");
    CHECK(at(kStart + kDay) == "");
    CHECK(at(kStart + 2 * kDay) == "");
    CHECK(at(kStart + 2 * kDay + milliseconds{1}) == "R02");
}

TEST_CASE("a withdrawn request opens nothing: R03") {
    auto world = with_request();
    world.run(with_status(approved("R1"), "withdrawn"));
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R03");
}

TEST_CASE("who may take follows the policy of the line's mode: R04") {
    World world;
    world.run(approved("R1"));
    auto out = approved("R2");
    out.request.take_out = TakeOut{"court", kStart + 3 * kDay};
    world.run(out);
    auto rule = [&](const char* request, const char* person) {
        auto then = world;
        return refused_by(then.take("S1", requests({request}), person));
    };
    for (const auto* request : {"R1", "R2"}) {
        CHECK(rule(request, "ann") == "");
        CHECK(rule(request, "carl") == "");
        CHECK(rule(request, "cora") == "");
        CHECK(rule(request, "bob") == "R04");
    }
    world.policy.take_by_on_site = TakeBy::user;
    world.policy.take_by_take_out = TakeBy::custodian;
    CHECK(rule("R1", "ann") == "");
    CHECK(rule("R1", "carl") == "R04");
    CHECK(rule("R2", "ann") == "R04");
    CHECK(rule("R2", "carl") == "");
}

TEST_CASE("an unknown person and one who left open nothing: R05") {
    auto world = with_request();
    CHECK(refused_by(world.take("S1", requests({"R1"}), "nobody")) == "R05");
    CHECK(refused_by(world.take("S1", requests({"R1"}), "lee")) == "R05");
}

TEST_CASE("a missing, unset or wrong factor opens nothing; only a wrong one is a failure: R06") {
    auto world = with_request();
    auto missing = world.take("S1", requests({"R1"}), "ann", {});
    CHECK(refused_by(missing) == "R06");
    CHECK_FALSE(has(missing, EventType::auth_failed));
    auto unset = world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::not_set)});
    CHECK(refused_by(unset) == "R06");
    CHECK_FALSE(has(unset, EventType::auth_failed));
    auto wrong = world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)});
    CHECK(refused_by(wrong) == "R06");
    CHECK(has(wrong, EventType::auth_failed));
    CHECK(world.person_of("ann").failures.size() == 1);
    world.policy.factors_take = {"pin", "badge"};
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R06");
}

TEST_CASE("enough failures lock a person out, for a time: R07") {
    auto world = with_request();
    for (int i = 1; i < world.policy.failures; ++i) {
        auto wrong = world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)});
        CHECK_FALSE(has(wrong, EventType::auth_locked_out));
    }
    auto last = world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)});
    CHECK(has(last, EventType::auth_locked_out));
    CHECK(alerted(last, "auth_bruteforce"));
    CHECK(refused_by(last) == "R06");

    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R07");  // the right PIN too
    CHECK(refused_by(world.take("S1", requests({"R1"}), "carl")) == "");    // and nobody else
}

TEST_CASE("a lock-out ends by itself, and a success forgets the failures") {
    auto world = with_request();
    for (int i = 0; i < world.policy.failures; ++i)
        world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)});
    world.pass(world.policy.lockout - milliseconds{1});
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R07");
    world.pass(milliseconds{1});
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "");
    CHECK(world.person_of("ann").failures.empty());
    CHECK_FALSE(world.person_of("ann").locked_until);
}

TEST_CASE("failures outside the window do not lock anyone out") {
    auto world = with_request();
    for (int i = 0; i < 2 * world.policy.failures; ++i) {
        auto wrong = world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)});
        CHECK_FALSE(has(wrong, EventType::auth_locked_out));
        world.pass(world.policy.failure_window / 2);
    }
}

TEST_CASE("only a seal in use leaves: R08") {
    World world;
    world.run(approved("R4", "S4"));
    CHECK(refused_by(world.take("S4", requests({"R4"}), "ann")) == "R08");
    world.run(approved("R1"));
    world.settle("01", cloned("S1"));  // quarantined
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R08");
}

TEST_CASE("a seal that is not known to be in its slot is not granted: R09") {
    auto world = with_request();
    world.settle("01", absent());
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R09");
    world.seal("S5", "", true);
    world.run(approved("R5", "S5"));
    CHECK(refused_by(world.take("S5", requests({"R5"}), "ann")) == "R09");
}

TEST_CASE("a seal is granted once at a time, by loan or by session: R10") {
    auto world = with_request();
    world.run(approved("R2"));
    auto first = world.take("S1", requests({"R1"}), "ann");
    CHECK(refused_by(world.take("S1", requests({"R2"}), "carl")) == "R10");
    CHECK(refused_by(world.take("S1", requests({"R1"}), "carl")) == "R10");
    world.walk(first, absent());
    CHECK(refused_by(world.take("S1", requests({"R2"}), "carl")) == "R10");
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R10");
}

TEST_CASE("a person has one open slot at a time, others go on: R11") {
    World world;
    world.run(approved("R1"));
    world.run(approved("R2", "S2"));
    world.run(approved("R3", "S3"));
    auto first = world.take("S1", requests({"R1"}), "ann");
    CHECK(refused_by(world.take("S2", requests({"R2"}), "ann")) == "R11");
    CHECK(refused_by(world.take("S3", requests({"R3"}), "carl")) == "");
    world.walk(first, absent());
    CHECK(refused_by(world.take("S2", requests({"R2"}), "ann")) == "");
}

TEST_CASE("nothing leaves while the clock cannot be trusted: R12") {
    auto world = with_request();
    world.clock_trusted = false;
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R12");
}

TEST_CASE("a line whose impressions are used up opens nothing: R13") {
    auto world = with_request();
    auto& line = world.state.requests.at(RequestId("R1")).lines[0];
    line.used = line.count;
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R13");
}

TEST_CASE("a slot that is open or frozen is not opened: R14") {
    World world;
    world.run(approved("R1"));
    world.run(approved("R2", "S2"));
    world.open("01");
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R14");
    world.count();
    auto lost = world.take("S2", requests({"R2"}), "ann");
    world.run(OutcomeLost{SessionId(lost.id)});
    CHECK(world.slot_of("02").frozen);
    CHECK(refused_by(world.take("S2", requests({"R2"}), "carl")) == "R14");
}

TEST_CASE("an unknown seal is not found, and nothing is recorded") {
    World world;
    auto decision = world.take("S9", requests({"R1"}), "ann");
    REQUIRE(decision.refusal);
    CHECK(decision.refusal->code == Code::not_found);
    CHECK(decision.events.empty());
}

TEST_CASE("one take may serve many requests, and all of them must pass") {
    World world;
    world.run(approved("R1"));
    world.run(approved("R2"));
    world.run(approved("R3", "S2"));
    auto bad = world.take("S1", requests({"R1", "R3", "R9"}), "ann");
    CHECK(refused_by(bad) == "R01");
    CHECK_THAT(bad.refusal->detail, ContainsSubstring("R3"));
    CHECK_THAT(bad.refusal->detail, ContainsSubstring("R9"));
    CHECK_THAT(bad.refusal->detail, !ContainsSubstring("request R1"));

    auto good = world.take("S1", requests({"R1", "R2"}), "ann");
    world.walk(good, absent());
    CHECK(world.seal_of("S1").loan->requests == requests({"R1", "R2"}));
    CHECK(world.request_of("R1").taken);
    CHECK(world.request_of("R2").taken);
    CHECK_FALSE(world.request_of("R3").taken);
}

TEST_CASE("a retry's key stands in the first leaf of its session, and in a refusal") {
    auto world = with_request();
    Take take{SealId("S1"), requests({"R1"}), PersonId("ann"), {pin()}, {1000, "k1", "b1"}};
    auto granted = world.run(take);
    const auto* key = granted.events.front().data.find("idempotency");
    REQUIRE(key != nullptr);
    CHECK(key->text_or("key") == "k1");
    auto refused = world.run(take);
    CHECK(refused.events.back().data.find("idempotency") != nullptr);
}

TEST_CASE("a returned line may be taken again while its window lasts") {
    auto world = with_request();
    world.take_out("S1", requests({"R1"}), "ann");
    world.walk(world.give_back("S1", "ann"), authentic("S1"));
    CHECK(world.request_of("R1").state(world.now) == RequestState::in_progress);
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "");
}

TEST_CASE("a refusal of many requests is recorded with each, and told in both languages") {
    auto world = with_request();
    world.run(with_status(approved("R2"), "withdrawn"));
    auto bad = world.take("S1", requests({"R1", "R2", "R9"}), "ann");
    CHECK(refused_by(bad) == "R03");
    CHECK(bad.refusal->detail == "request R2 was withdrawn (R03); request R9 is not known (R01)");
    CHECK(bad.events.back().data.text_or("text") == "several");
    auto chinese = localise(*bad.refusal, Language::zh_CN);
    CHECK_THAT(chinese.detail, ContainsSubstring("用印流程 R2 已撤销 (R03)"));
    CHECK_THAT(chinese.detail, ContainsSubstring("用印流程 R9 不存在或未审批 (R01)"));
}

TEST_CASE("a request named twice is named once") {
    auto world = with_request();
    auto granted = world.take("S1", requests({"R1", "R1"}), "ann");
    CHECK(world.session(granted.id).requests == requests({"R1"}));
    auto bad = World().take("S1", requests({"R9", "R9"}), "ann");
    CHECK(bad.refusal->detail == "request R9 is not known");
}

TEST_CASE("a policy that allows more failures than are kept still locks out") {
    auto world = with_request();
    world.policy.failures = 1000;
    bool locked = false;
    for (int i = 0; i < kFailuresKept; ++i)
        locked = has(world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)}),
                     EventType::auth_locked_out);
    CHECK(locked);
}
