// Watch: what comes about by time alone. Each noun looks for its own; nothing due adds no event, so
// that a quiet cabinet writes nothing.
#include "rules/alert.hpp"
#include "rules/approval.hpp"
#include "rules/request.hpp"

namespace seals::rules {

Decision decide_time(const State& state, const Policy& policy, const Context& context) {
    Decision decision;
    watch_handovers(state, policy, context, decision);
    watch_leavers(state, context, decision);
    watch_curfew(state, policy, context, decision);
    watch_inventory(state, policy, context, decision);
    watch_emergencies(state, context, decision.events);
    watch_endings(state, policy, context, decision);
    watch_loans(state, policy, context, decision.events);
    watch_applications(state, context, decision.events);
    watch_devices(state, policy, context, decision.events);
    watch_jobs(state, policy, context, decision.events);
    return decision;
}

}  // namespace seals::rules
