// Recording what a comparison found, and why an item of it is as it is.
#include "base/text.hpp"
#include "rules/making.hpp"

namespace seals::rules {

Decision decide_reconcile(const Policy& policy, const Context& context, const Reconcile& command) {
    const auto& run = command.run;
    Decision decision;
    decision.id = run.id;
    auto event = make_event(EventType::reconcile_run, context);
    event.data = make_data({{"id", run.id},
                            {"source", run.source},
                            {"from", run.from.ms},
                            {"to", run.to.ms},
                            {"sha256", run.sha256},
                            {"items_sha256", run.items_sha256},
                            {"totals", run.totals},
                            {"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    bool late = command.oldest_open && context.now - *command.oldest_open > policy.reconcile_grace;
    if (command.open > 0 && late)
        decision.events.push_back(make_alert(context, "reconcile_unmatched", "medium", {}));
    return decision;
}

Decision decide_explain(const State& state, const Context& context, const Explain& command) {
    const auto& item = command.item;
    Decision decision;
    decision.id = discrepancy_id(item.source, item.external_id, item.seal.str());
    if (!state.reconciliations.contains(item.run)) {
        decision.refusal = Error{Code::not_found, "reconciliation " + item.run + " is not known",
                                 "`sealctl reconcile list` shows what there is", "id"};
        return decision;
    }
    if (trimmed(item.reason).empty()) {
        decision.refusal = invalid("reason", "an explanation needs its reason");
        return decision;
    }
    auto known = state.discrepancies.find(decision.id);
    if (known != state.discrepancies.end() && known->second.figures == item.figures &&
        known->second.reason == item.reason)
        return decision;
    auto event = make_event(EventType::discrepancy_explained, context);
    event.request = command.request;
    if (state.seal(item.seal) != nullptr) event.seal = item.seal;
    event.data = make_data({{"run", item.run},
                            {"source", item.source},
                            {"external_id", item.external_id},
                            {"seal", item.seal.str()},
                            {"class", item.klass},
                            {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"reason", item.reason}, {"figures", item.figures}};
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
