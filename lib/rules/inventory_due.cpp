// Counts that did not come: once a due moment and its grace are over, that is told, once for each,
// also when nobody was there to tell it in time.
#include <algorithm>

#include "rules/inventory.hpp"
#include "rules/making.hpp"

namespace seals::rules {
namespace {

milliseconds period(const Policy& policy, bool full) {
    return full ? policy.inventory_full_every : policy.inventory_every;
}

// The count, or the telling that there was none, from which the next one is reckoned.
Instant counted_from(const State& state, bool full) {
    const auto& counting = state.counting;
    auto from = std::max(counting.began, full ? counting.told_full : counting.told);
    const auto* last = state.inventory(full ? counting.last_full : counting.last);
    return last != nullptr ? std::max(from, last->at) : from;
}

void watch(const State& state, const Policy& policy, const Context& context, bool full,
           Decision& decision) {
    auto missed = missed_count(state, policy, full, context.now);
    if (!missed) return;
    auto event = make_event(EventType::inventory_missed, context);
    event.actor = device_actor();
    event.data = make_data({{"full", full}, {"due", missed->due.ms}, {"missed", missed->missed}});
    decision.events.push_back(std::move(event));
    decision.events.push_back(make_alert(context, "inventory_missed", "high", {}));
}

}  // namespace

std::optional<Instant> next_count(const State& state, const Policy& policy, bool full) {
    auto every = period(policy, full);
    if (every <= milliseconds{0} || state.counting.began.ms == 0) return std::nullopt;
    return counted_from(state, full) + every;
}

std::optional<MissedCount> missed_count(const State& state, const Policy& policy, bool full,
                                        Instant now) {
    auto due = next_count(state, policy, full);
    if (!due || now <= *due + policy.inventory_grace) return std::nullopt;
    auto every = period(policy, full);
    auto over = (now - policy.inventory_grace - *due).count() / every.count();
    return MissedCount{*due + every * over, over + 1};
}

void watch_inventory(const State& state, const Policy& policy, const Context& context,
                     Decision& decision) {
    watch(state, policy, context, false, decision);
    watch(state, policy, context, true, decision);
}

}  // namespace seals::rules
