// The start of a person's count: who it is, that he keeps none of what he counts, and that what he
// says he found can be compared. Only then is anything read, and only then is he shown anything.
#include <algorithm>
#include <set>

#include "rules/identify.hpp"
#include "rules/inventory.hpp"
#include "rules/making.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

using Refusal = std::optional<Error>;

Error wrong_row(const BlindRow& row, std::string field, const std::string& what) {
    auto error = invalid(std::move(field), what);
    if (row.line > 0) error.line = static_cast<long>(row.line);
    return error;
}

Refusal entry_fault(const State& state, const CountWanted& wanted) {
    std::set<SlotId> slots;
    std::set<SealId> seals;
    for (const auto& row : wanted.entry) {
        if (!state.slots.contains(row.slot))
            return wrong_row(row, "slot", "this cabinet has no slot " + row.slot.str());
        if (!slots.insert(row.slot).second)
            return wrong_row(row, "slot", "slot " + row.slot.str() + " stands there twice");
        if (row.seal.empty()) continue;
        if (state.seal(row.seal) == nullptr)
            return wrong_row(row, "seal", "seal " + row.seal.str() + " is not known");
        if (!seals.insert(row.seal).second)
            return wrong_row(row, "seal", "seal " + row.seal.str() + " stands there twice");
    }
    return std::nullopt;
}

Refusal recount_fault(const State& state, const CountWanted& wanted) {
    if (wanted.recount_of.empty()) return std::nullopt;
    const auto* first = state.inventory(wanted.recount_of);
    if (first == nullptr)
        return Error{Code::not_found, "inventory " + wanted.recount_of + " is not known",
                     "`sealctl inventory list` shows what there is", "recount"};
    if (first->mismatches() > 0) return std::nullopt;
    return invalid("recount", "inventory " + first->id + " has no mismatch to be counted again");
}

// Who keeps a seal does not count it.
Refusal keeper_refusal(const State& state, const PersonId& person,
                       const std::vector<SlotId>& slots) {
    for (const auto& slot : slots) {
        const auto* home = state.seal_at(slot);
        if (home != nullptr && home->kept_by(person))
            return refusal(Rule::independent_counter, "inventory.keeper",
                           {person.str(), home->id.str()});
    }
    return std::nullopt;
}

Event refused_event(const Context& context, const StartInventory& command, const Error& error) {
    auto event = make_event(EventType::act_refused, context);
    event.person = command.wanted.person;
    event.data = make_data({{"act", "inventory"},
                            {"rule", error.rule},
                            {"text", error.text},
                            {"args", error.args},
                            {"idempotency", idempotency_value(command.idempotency)}});
    return event;
}

void add_start(const Context& context, const StartInventory& command,
               const std::vector<SlotId>& slots, std::vector<Event>& events) {
    const auto& wanted = command.wanted;
    auto recount = wanted.recount_of.empty() ? Value{} : Value{wanted.recount_of};
    auto started = make_event(EventType::inventory_started, context);
    started.person = wanted.person;
    started.data = make_data({{"id", command.id},
                              {"slots", texts_of(slots)},
                              {"since_last", wanted.since_last ? Value{true} : Value{}},
                              {"recount_of", recount}});
    events.push_back(std::move(started));
    if (!wanted.blind) return;
    Value::Array rows;
    for (const auto& row : wanted.entry)
        rows.push_back(make_data({{"slot", row.slot.str()}, {"seal", row.seal.str()}}));
    auto entry = make_event(EventType::inventory_blind_entry, context);
    entry.person = wanted.person;
    entry.data =
        make_data({{"id", command.id}, {"rows", std::move(rows)}, {"recount_of", recount}});
    events.push_back(std::move(entry));
}

}  // namespace

Decision decide_count(const State& state, const Policy& policy, const Context& context,
                      const StartInventory& command) {
    Decision decision;
    decision.id = command.id;
    auto identified = identify(state, policy, context, command.acting);
    if (identified.refusal) {
        decision.refusal = std::move(identified.refusal);
        decision.events = std::move(identified.events);
        return decision;
    }
    auto slots = slots_to_count(state, command.wanted, context.now);
    auto why = keeper_refusal(state, command.wanted.person, slots);
    if (why) decision.events.push_back(refused_event(context, command, *why));
    if (!why) why = entry_fault(state, command.wanted);
    if (!why) why = recount_fault(state, command.wanted);
    decision.refusal = why;
    if (!why) add_start(context, command, slots, decision.events);
    return decision;
}

}  // namespace seals::rules
