// A custodian calls a seal back that is out.
#include "rules/making.hpp"

namespace seals::rules {

Decision decide_recall(const State& state, const Context& context, const RecallSeal& command) {
    Decision decision;
    const auto* seal = state.seal(command.seal);
    if (seal == nullptr) {
        decision.refusal = unknown_thing("seal", command.seal.str());
        return decision;
    }
    decision.id = seal->id.str();
    if (!seal->loan) {
        refuse_act(context, "seal recall", seal->id, command.idempotency,
                   refusal(Rule::something_out, "seal.not_out", {seal->id.str()}), decision);
        return decision;
    }
    if (seal->loan->recalled) return decision;  // once is enough
    auto event = make_event(EventType::seal_recalled, context);
    event.seal = seal->id;
    event.person = seal->loan->person;
    event.data = make_data(
        {{"reason", "called back"}, {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"basis", command.reason}};
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
