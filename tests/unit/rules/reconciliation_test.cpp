// Recording a reconciliation and its explanations: what is kept, and when somebody is called.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

Reconcile found(std::int64_t open, std::optional<Instant> oldest) {
    Reconcile command;
    command.run.id = "R1";
    command.run.source = "oa";
    command.run.from = kStart - kDay;
    command.run.to = kStart;
    command.run.sha256 = std::string(64, 'a');
    command.run.items_sha256 = std::string(64, 'b');
    command.run.totals = Value{Value::Object{{"items", 3}, {"open", open}}};
    command.open = open;
    command.oldest_open = oldest;
    return command;
}

Explain explained(std::string figures, std::string reason) {
    return {{"oa",
             "A1",
             SealId("S1"),
             "approved_unused",
             "R1",
             std::move(figures),
             std::move(reason),
             {},
             {}},
            RequestId("A1"),
            {}};
}

bool alerts(const Decision& decision) {
    for (const auto& event : decision.events)
        if (event.type == EventType::alert_raised)
            return event.data.text_or("alert") == "reconcile_unmatched";
    return false;
}

}  // namespace

TEST_CASE("a run is kept with its totals and the hash of its items") {
    World world;
    auto decision = world.run(found(1, world.now));
    REQUIRE(decision.events.size() == 1);
    CHECK(decision.events[0].type == EventType::reconcile_run);
    const auto& run = world.state.reconciliations.at("R1");
    CHECK(run.items_sha256 == std::string(64, 'b'));
    CHECK(run.totals.integer_or("open") == 1);
    CHECK(run.at == world.now);
}

TEST_CASE("a line open for longer than the grace raises reconcile_unmatched, and only that") {
    World world;
    auto late = world.now - world.policy.reconcile_grace;
    CHECK_FALSE(alerts(world.run(found(0, std::nullopt))));
    CHECK_FALSE(alerts(world.run(found(1, world.now + kDay))));
    CHECK_FALSE(alerts(world.run(found(1, late))));
    CHECK(alerts(world.run(found(1, late - milliseconds{1}))));
}

TEST_CASE("an explanation is kept once, and a later one takes its place") {
    World world;
    world.run(found(1, world.now));
    CHECK(world.run(explained("f1", "因出差")).events.size() == 1);
    CHECK(world.run(explained("f1", "因出差")).events.empty());
    CHECK(world.run(explained("f2", "因出差")).events.size() == 1);
    CHECK(world.run(explained("f2", "合同取消")).events.size() == 1);
    const auto& kept = world.state.discrepancies.at("oa/A1/S1");
    CHECK(kept.figures == "f2");
    CHECK(kept.reason == "合同取消");
}

TEST_CASE("the reason of an explanation is for the vault alone") {
    World world;
    world.run(found(1, world.now));
    auto event = world.run(explained("f1", "因出差")).events.at(0);
    REQUIRE(event.personal.size() == 2);
    CHECK(event.data.find("reason") == nullptr);
    CHECK(event.data.find("figures") == nullptr);
    CHECK(event.seal == SealId("S1"));
    auto foreign = explained("f1", "因出差");
    foreign.item.seal = SealId("S99");  // only the export has it: it begins no chain of its own
    event = world.run(foreign).events.at(0);
    CHECK(event.seal.empty());
    CHECK(event.data.text_or("seal") == "S99");
}

TEST_CASE("without a known run or a reason nothing is explained") {
    World world;
    auto decision = world.run(explained("f1", "因出差"));
    REQUIRE(decision.refusal);
    CHECK(decision.refusal->code == Code::not_found);
    world.run(found(1, world.now));
    decision = world.run(explained("f1", "  "));
    REQUIRE(decision.refusal);
    CHECK(decision.refusal->code == Code::invalid);
    CHECK(decision.refusal->field == "reason");
}

TEST_CASE("runs and explanations are rows that leave memory and come back whole") {
    World world;
    world.run(found(1, world.now));
    world.run(explained("f1", "因出差"));
    for (const auto& key : {Key{"reconciliation", "R1"}, Key{"discrepancy", "oa/A1/S1"}}) {
        auto row = row_view(world.state, key, world.now);
        REQUIRE(row.body);
        CHECK_FALSE(row.live);
        State other;
        restore_row(other, key.first, *row.body);
        REQUIRE(has_row(other, key));
        CHECK(*row_view(other, key, world.now).body == *row.body);
    }
    evict_settled(world.state, world.now);
    CHECK(world.state.reconciliations.empty());
    CHECK(world.state.discrepancies.empty());
    CHECK(rows_named_by(explained("f1", "x")) ==
          std::vector<Key>{{"reconciliation", "R1"}, {"discrepancy", "oa/A1/S1"}});
}
