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

// The last count of that kind; before the first, the cabinet's first day.
Instant counted_at(const State& state, bool full) {
    const auto& counting = state.counting;
    const auto* last = state.inventory(full ? counting.last_full : counting.last);
    return last != nullptr ? std::max(counting.began, last->at) : counting.began;
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
    return counted_at(state, full) + every;
}

std::optional<Instant> late_count(const State& state, const Policy& policy, bool full,
                                  Instant now) {
    auto due = next_count(state, policy, full);
    return due && now > *due + policy.inventory_grace ? due : std::nullopt;
}

std::optional<MissedCount> missed_count(const State& state, const Policy& policy, bool full,
                                        Instant now) {
    auto due = next_count(state, policy, full);
    if (!due) return std::nullopt;
    auto every = period(policy, full);
    auto told = full ? state.counting.told_full : state.counting.told;
    due = std::max(*due, told + every);
    if (now <= *due + policy.inventory_grace) return std::nullopt;
    auto over = (now - policy.inventory_grace - *due).count() / every.count();
    return MissedCount{*due + every * over, over + 1};
}

void watch_inventory(const State& state, const Policy& policy, const Context& context,
                     Decision& decision) {
    watch(state, policy, context, false, decision);
    watch(state, policy, context, true, decision);
}

}  // namespace seals::rules
