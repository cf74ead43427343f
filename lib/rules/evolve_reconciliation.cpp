// What events change of reconciliations and their discrepancies.
#include "rules/evolving.hpp"

namespace seals::rules {
namespace {

void keep_run(State& state, const Event& event) {
    const auto* totals = event.data.find("totals");
    Reconciliation run{event.data.text_or("id"),
                       event.data.text_or("source"),
                       {event.data.integer_or("from")},
                       {event.data.integer_or("to")},
                       event.at,
                       event.data.text_or("sha256"),
                       event.data.text_or("items_sha256"),
                       totals != nullptr ? *totals : Value{Value::Object{}},
                       event.actor};
    state.touched.emplace("reconciliation", run.id);
    auto id = run.id;
    state.reconciliations[id] = std::move(run);
}

// The later explanation stands in the place of the one before.
void keep_explanation(State& state, const Event& event) {
    Discrepancy item{event.data.text_or("source"),
                     event.data.text_or("external_id"),
                     SealId(event.data.text_or("seal")),
                     event.data.text_or("class"),
                     event.data.text_or("run"),
                     personal_of(event, "figures"),
                     personal_of(event, "reason"),
                     event.at,
                     event.actor};
    auto id = discrepancy_id(item.source, item.external_id, item.seal.str());
    state.touched.emplace("discrepancy", id);
    state.discrepancies[id] = std::move(item);
}

}  // namespace

void evolve_reconciliation(State& state, const Event& event) {
    if (event.type == EventType::reconcile_run) return keep_run(state, event);
    if (event.type == EventType::discrepancy_explained) return keep_explanation(state, event);
}

}  // namespace seals::rules
