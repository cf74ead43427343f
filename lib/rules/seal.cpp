// Seals: registration from a list. A record that differs from the one in force is a conflict: what
// a seal is changes by its own verbs, never by a list.
#include <algorithm>

#include "rules/making.hpp"
#include "rules/row.hpp"
#include "rules/seal_register.hpp"

namespace seals::rules {
namespace {

// The first field that differs, as the API spells it; empty when none does.
std::string difference(const Seal& known, const Seal& wanted) {
    if (known.name != wanted.name) return "name";
    if (known.type != wanted.type) return "type";
    if (known.entity != wanted.entity) return "entity";
    if (known.slot != wanted.slot) return "slot";
    if (known.custodians != wanted.custodians) return "custodians";
    if (known.filing_no != wanted.filing_no) return "filing_no";
    return {};
}

Event seal_event(EventType type, const Context& context, const Seal& seal) {
    auto event = make_event(type, context);
    event.seal = seal.id;
    return event;
}

}  // namespace

std::optional<Error> fault_of(const State& state, const Seal& wanted) {
    if (!valid_id(wanted.id.str())) return invalid("id", "the seal's id is no valid id");
    for (const auto& custodian : wanted.custodians)
        if (state.person(custodian) == nullptr)
            return invalid("custodians", "custodian " + custodian.str() + " is not a known person");
    if (wanted.slot.empty()) return std::nullopt;
    if (!state.slots.contains(wanted.slot))
        return invalid("slot", "slot " + wanted.slot.str() + " is not in this cabinet");
    if (const auto* other = state.seal_at(wanted.slot); other != nullptr && other->id != wanted.id)
        return invalid("slot",
                       "slot " + wanted.slot.str() + " is the home of seal " + other->id.str());
    return std::nullopt;
}

Event registration(const Context& context, const Seal& seal) {
    auto event = seal_event(EventType::seal_registered, context, seal);
    event.data = make_data({{"type", seal.type},
                            {"entity", seal.entity},
                            {"slot", seal.slot.str()},
                            {"custodians", texts_of(seal.custodians)},
                            {"filing_no", seal.filing_no}});
    if (!seal.replaces.empty()) event.data.add("replaces", seal.replaces.str());
    event.personal = {{"name", seal.name}};
    return event;
}

Decision decide_seal(const State& state, const Context& context, const SealUpsert& command) {
    const auto& wanted = command.seal;
    Decision decision;
    decision.id = wanted.id.str();
    if (auto fault = fault_of(state, wanted)) {
        decision.refusal = std::move(fault);
        decision.upserted = Upserted::refused;
        return decision;
    }
    const auto* known = state.seal(wanted.id);
    if (known != nullptr) {
        auto field = difference(*known, wanted);
        if (!field.empty()) {
            decision.refusal = Error{
                Code::conflict, "seal " + wanted.id.str() + " is registered with another " + field,
                "correct the record, or change the seal by its own verbs", field};
            decision.upserted = Upserted::conflict;
            return decision;
        }
        if (!command.activate || known->state != SealState::registered) return decision;
    }
    if (known == nullptr) decision.events.push_back(registration(context, wanted));
    if (command.activate) {
        // In a simulated cabinet the authentic tag is made and put into the slot (an effect of
        // this).
        if (context.simulated && !wanted.slot.empty()) {
            auto enrolled = seal_event(EventType::seal_enrolled, context, wanted);
            enrolled.data = make_data({{"uid", context.fresh_uid}, {"source", "import"}});
            decision.events.push_back(std::move(enrolled));
        }
        auto activated = seal_event(EventType::seal_activated, context, wanted);
        activated.data = make_data({{"source", "import"}});
        decision.events.push_back(std::move(activated));
    }
    decision.upserted = Upserted::accepted;
    return decision;
}

}  // namespace seals::rules
