// Baseline: from when on the watch over the seals is evidence. A full count by one person, made
// just now, in which every seal kept here lay in its slot and proved its tag; two others saw it
// made.
#include <algorithm>

#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

using Refusal = std::optional<Error>;

constexpr milliseconds kStillFresh{1'800'000};

Error unfit(std::string_view key, std::vector<std::string> args) {
    return refusal(Rule::clean_baseline, key, std::move(args));
}

Refusal count_fault(const State& state, const Inventory& inventory, Instant now) {
    if (!inventory.full() || inventory.person.empty())
        return unfit("baseline.kind", {inventory.id});
    if (state.counting.last_full != inventory.id || now - inventory.at > kStillFresh)
        return unfit("baseline.old", {inventory.id});
    for (const auto& item : inventory.items) {
        bool fine = item.verdict == Verdict::present || item.verdict == Verdict::empty;
        auto slot = state.slots.find(item.slot);
        bool touched = slot == state.slots.end() || !slot->second.counted;
        if (!fine || item.busy || inventory.mismatches() > 0)
            return unfit("baseline.slot",
                         {inventory.id, item.slot.str(), std::string(name_of(item.verdict))});
        if (touched) return unfit("baseline.touched", {item.slot.str(), inventory.id});
    }
    return std::nullopt;
}

Refusal witness_fault(const Inventory& inventory, const std::vector<Acting>& persons) {
    if (auto why = pair_refusal("baseline", persons)) return why;
    for (const auto& one : persons)
        if (one.person == inventory.person)
            return refusal(Rule::other_persons, "baseline.counter",
                           {one.person.str(), inventory.id});
    return std::nullopt;
}

}  // namespace

Decision decide_baseline(const State& state, const Policy& policy, const Context& context,
                         const RecordBaseline& command) {
    Decision decision;
    decision.id = command.inventory;
    const auto* inventory = state.inventory(command.inventory);
    if (inventory == nullptr) {
        decision.refusal =
            Error{Code::not_found, "inventory " + command.inventory + " is not known",
                  "`sealctl inventory list` shows what there is", "id"};
        return decision;
    }
    auto why = witness_fault(*inventory, command.persons);
    if (!why) why = count_fault(state, *inventory, context.now);
    if (!admit(state, policy, context, "baseline", {}, command.persons, command.idempotency,
               std::move(why), decision))
        return decision;
    Value::Array seals;
    for (const auto& item : inventory->items)
        if (!item.seal.empty() && item.verdict == Verdict::present)
            seals.emplace_back(item.seal.str());
    auto event = make_event(EventType::baseline_recorded, context);
    event.person = inventory->person;
    event.data = make_data({{"inventory", inventory->id},
                            {"seals", std::move(seals)},
                            {"witnesses", persons_of(command.persons)},
                            {"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
