// Inventory: one verdict per slot. The count itself changes custody where it proves something: a
// seal that waited for verification reads now, one that should be there is gone.
#include "rules/settle.hpp"

namespace seals::rules {

Decision decide_inventory(const State& state, const Context& context, const InventoryTaken& fact) {
    Decision decision;
    decision.id = fact.id;
    Value::Array items;
    for (const auto& [slot, reading] : fact.readings) {
        const auto* home = state.seal_at(slot);
        auto verdict = verdict_of(state, slot, reading, context.now);
        items.push_back(make_data({{"slot", slot.str()},
                                   {"seal", home != nullptr ? Value{home->id.str()} : Value{}},
                                   {"verdict", name_of(verdict)}}));
        auto at = state.slots.find(slot);
        bool busy = at != state.slots.end() && (!at->second.session.empty() || at->second.open ||
                                                is_stale(reading, at->second, context.now));
        if (!busy) settle_idle(state, context, slot, reading, Doubt::none, decision);
    }
    auto event = make_event(EventType::inventory_finished, context);
    event.data = make_data({{"id", fact.id},
                            {"items", std::move(items)},
                            {"duration_ms", fact.duration.count()},
                            {"idempotency", idempotency_value(fact.idempotency)}});
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
