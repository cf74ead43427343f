// Override: a slot that was opened with no leave of ours. What time nobody watched is kept, a full
// inventory stands before the next take, and two persons owe an explanation.
#include "rules/identify.hpp"
#include "rules/making.hpp"

namespace seals::rules {

void add_override(const State& state, const Context& context, const SlotId& slot,
                  std::string_view cause, Instant from, Decision& decision) {
    for (const auto& [id, open] : state.overrides)
        if (open.slot == slot && !open.counted) return;  // told, and not yet looked into
    const auto* seal = state.seal_at(slot);
    auto event = make_event(EventType::override_mechanical, context);
    event.actor = device_actor();
    if (seal != nullptr) event.seal = seal->id;
    event.data = make_data({{"id", "O" + context.fresh_session.substr(1)},
                            {"slot", slot.str()},
                            {"cause", cause},
                            {"from", from.ms}});
    decision.events.push_back(std::move(event));
    decision.events.push_back(make_alert(context, "mechanical_override", "high", slot,
                                         seal != nullptr ? seal->id : SealId{}));
}

Decision decide_explain(const State& state, const Policy& policy, const Context& context,
                        const ExplainOverride& command) {
    Decision decision;
    decision.id = command.id;
    auto found = state.overrides.find(command.id);
    if (found == state.overrides.end()) {
        decision.refusal = unknown_thing("override", command.id);
        return decision;
    }
    if (!admit(state, policy, context, "explain", {}, command.persons, command.idempotency,
               pair_refusal("explain", command.persons), decision))
        return decision;
    auto event = make_event(EventType::override_explained, context);
    event.data = make_data({{"id", command.id},
                            {"persons", persons_of(command.persons)},
                            {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"reason", command.reason}};
    if (!command.old_bag.empty()) event.personal.emplace_back("old_bag", command.old_bag);
    if (!command.new_bag.empty()) event.personal.emplace_back("new_bag", command.new_bag);
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
