// Persons: upsert from a list, PIN set.
#include "rules/making.hpp"

namespace seals::rules {

Decision decide_person(const State& state, const Context& context, const PersonUpsert& command) {
    const auto& wanted = command.person;
    const auto* known = state.person(wanted.id);
    Decision decision;
    decision.id = wanted.id.str();
    if (!valid_id(wanted.id.str())) {
        decision.refusal = invalid("id", "the person's id is no valid id");
        decision.upserted = Upserted::refused;
        return decision;
    }
    if (known != nullptr && known->name == wanted.name && known->phone == wanted.phone &&
        known->department == wanted.department && known->role == wanted.role &&
        known->active == wanted.active)
        return decision;
    // His firm's list may name him for years: what was erased does not come back with it.
    if (known != nullptr && known->erased && !wanted.active) return decision;
    auto event = make_event(
        known == nullptr ? EventType::person_registered : EventType::person_changed, context);
    event.person = wanted.id;
    event.data = make_data(
        {{"department", wanted.department}, {"role", wanted.role}, {"active", wanted.active}});
    event.personal = {{"name", wanted.name}};
    if (!wanted.phone.empty()) event.personal.emplace_back("phone", wanted.phone);
    decision.events.push_back(std::move(event));
    decision.upserted = Upserted::accepted;
    return decision;
}

Decision decide_pin(const State& state, const Context& context, const SetPin& command) {
    Decision decision;
    if (state.person(command.person) == nullptr) {
        decision.refusal =
            Error{Code::not_found, "person " + command.person.str() + " is not known",
                  "`sealctl person list` shows the persons of this cabinet", "person"};
        return decision;
    }
    auto event = make_event(EventType::person_pin_set, context);
    event.person = command.person;
    event.data = make_data({{"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
