// How an alert lives: raised once, repeated, seen, assigned, closed, kept as a row.
#include "alerts.hpp"
#include "words/alert_types.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

TEST_CASE("an alert is kept as an object with an id of its own") {
    World w;
    w.open("01");
    const auto* alert = standing(w, "slot_forced");
    REQUIRE(alert != nullptr);
    CHECK(alert->id.starts_with("A"));
    CHECK(alert->severity == "critical");
    CHECK(alert->slot == SlotId("01"));
    CHECK(alert->seal == SealId("S1"));
    CHECK(alert->since == w.now);
    CHECK(alert->count == 1);
}

TEST_CASE("two alerts of one decision have two ids") {
    World w;
    std::vector<std::pair<SlotId, TagReading>> readings{{SlotId("01"), foreign()},
                                                        {SlotId("02"), cloned("S2")}};
    auto counted = w.run(InventoryTaken{"I", readings, milliseconds{1}, {}});
    std::set<std::string> ids;
    std::size_t raised = 0;
    for (const auto& event : counted.events)
        if (event.type == EventType::alert_raised) {
            ++raised;
            ids.insert(event.data.text_or("id"));
        }
    CHECK(raised >= 3);
    CHECK(ids.size() == raised);
}

TEST_CASE("what stands open is not raised again, what was acknowledged is repeated") {
    World w;
    w.open("01");
    auto id = standing(w, "slot_forced")->id;
    w.shut("01");
    CHECK_FALSE(alerted(w.open("01"), "slot_forced"));
    CHECK(w.state.alert(id)->count == 1);
    ack(w, id);
    CHECK(w.state.alert(id)->state == AlertState::acknowledged);
    w.shut("01");
    w.pass(kMinute);
    auto again = w.open("01");
    CHECK(has(again, EventType::alert_repeated));
    CHECK(w.state.alert(id)->state == AlertState::open);
    CHECK(w.state.alert(id)->count == 2);
    CHECK(w.state.alert(id)->last == w.now);
    CHECK(w.state.alert(id)->since < w.now);
}

TEST_CASE("the same in another slot is another alert, and so is the same after a closing") {
    World w;
    w.open("01");
    auto first = standing(w, "slot_forced")->id;
    CHECK(alerted(w.open("02"), "slot_forced"));
    close(w, first);
    w.shut("01");
    CHECK(alerted(w.open("01"), "slot_forced"));
    CHECK(w.state.alert(first)->state == AlertState::closed);
}

TEST_CASE("a closed alert leaves memory, its row says why it was closed") {
    World w;
    w.open("01");
    auto id = standing(w, "slot_forced")->id;
    CHECK(row_view(w.state, {"alert", id}, w.now).live);
    auto closed = close(w, id);
    REQUIRE_FALSE(closed.refusal);
    auto row = row_view(w.state, {"alert", id}, w.now);
    CHECK_FALSE(row.live);
    CHECK(row.body->text_or("reason") == "looked into it");
    evict_settled(w.state, w.now);
    CHECK_FALSE(has_row(w.state, {"alert", id}));
    restore_row(w.state, "alert", *row.body);
    CHECK(close(w, id).refusal->code == Code::conflict);
    CHECK(rows_named_by(act(AlertAct::Kind::close, id)) == std::vector<Key>{{"alert", id}});
}

TEST_CASE("an alert is assigned to a person who is there") {
    World w;
    w.open("01");
    auto assign = act(AlertAct::Kind::assign, standing(w, "slot_forced")->id);
    assign.to = PersonId("carl");
    REQUIRE_FALSE(w.run(assign).refusal);
    CHECK(w.state.alert(assign.alert)->assigned == PersonId("carl"));
    assign.to = PersonId("lee");  // has left
    CHECK(w.run(assign).refusal->rule == "R05");
    CHECK(w.log.back().type == EventType::act_refused);
}

TEST_CASE("a closing needs a reason, an unknown alert is not found, a wrong PIN counts") {
    World w;
    w.open("01");
    auto id = standing(w, "slot_forced")->id;
    auto bare = act(AlertAct::Kind::close, id);
    bare.reason = "";
    CHECK(w.run(bare).refusal->code == Code::invalid);
    CHECK(ack(w, "A0").refusal->code == Code::not_found);
    auto wrong = act(AlertAct::Kind::ack, id);
    wrong.by = {{PersonId("carl"), {pin(FactorOutcome::wrong)}}};
    CHECK(w.run(wrong).refusal->rule == "R06");
    CHECK(w.person_of("carl").failures.size() == 1);
    CHECK(w.state.alert(id)->state == AlertState::open);
}

TEST_CASE("nobody closes an alert about himself, whoever he says he is") {
    World w;
    w.policy.alert.nulls = 1;
    approve(w, "R1", "S1");
    null_visit(w);
    auto id = standing(w, "null_sessions")->id;
    CHECK(close(w, id, "ann").refusal->rule == "R42");
    CHECK(w.log.back().type == EventType::act_refused);
    CHECK(close(w, id).refusal->rule == "R42");  // nobody knows who that is
    auto by_uid = [&](const char* caller, const char* by) {
        auto context = w.context();
        context.actor = {caller, "person"};
        return decide(w.state, w.policy, context, act(AlertAct::Kind::close, id, by));
    };
    CHECK(by_uid("ann", nullptr).refusal->rule == "R42");
    CHECK(by_uid("ann", "bob").refusal->rule == "R42");
    CHECK_FALSE(by_uid("bob", nullptr).refusal);
    REQUIRE_FALSE(ack(w, id).refusal);
    CHECK_FALSE(close(w, id, "bob").refusal);
}

TEST_CASE("every alert has a row in the table, with a severity") {
    for (const auto& row : alert_type_rows()) {
        World w;
        auto event = make_alert(w.context(), {row.name});
        CHECK(event.data.text_or("severity") == name_of(row.severity));
        CHECK(unlisted_in(event) == "");
    }
}

TEST_CASE("alerts, devices and jobs are the same after they were rows") {
    World w;
    w.open("01");
    w.run(DevicesSeen{{{"bolt", false}}});
    w.run(Heartbeat{"backup", kHour, {}});
    auto assign = act(AlertAct::Kind::assign, standing(w, "slot_forced")->id);
    assign.to = PersonId("carl");
    w.run(assign);
    auto before = rows_of(w.state, w.now);
    State again;
    for (const auto& [key, body] : *before.object()) {
        auto space = key.find(' ');
        restore_row(again, key.substr(0, space), body);
    }
    CHECK(rows_of(again, w.now) == before);
}
