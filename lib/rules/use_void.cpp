// A stamped sheet that is void: its record stays, and so does what it spent; it cannot be voided
// twice. By who stamped it or a custodian of the seal.
#include "rules/identify.hpp"
#include "rules/making.hpp"

namespace seals::rules {

Decision decide_void(const State& state, const Policy& policy, const Context& context,
                     const VoidUse& command) {
    Decision decision;
    auto found = state.uses.find(command.id);
    if (found == state.uses.end()) {
        decision.refusal = unknown_thing("use", command.id);
        return decision;
    }
    const auto& use = found->second;
    const auto* seal = state.seal(use.seal);
    const auto& person = command.by.person;
    std::optional<Error> why;
    if (use.voided)
        why = refusal(Rule::use_stands, "use.voided", {use.id, to_rfc3339(*use.voided)});
    else if (use.by != person && (seal == nullptr || !seal->kept_by(person)))
        why = refusal(Rule::entitled_person, "use.not_stamper", {person.str(), use.id});
    if (!admit(state, policy, context, "use void", use.seal, {command.by}, command.idempotency,
               std::move(why), decision))
        return decision;
    decision.id = use.id;
    auto event = make_event(EventType::use_voided, context);
    event.request = use.request;
    event.seal = use.seal;
    event.session = use.session;
    event.person = person;
    event.data =
        make_data({{"id", use.id}, {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"reason", command.reason}};
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
