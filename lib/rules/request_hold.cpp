// Holding a request back, and releasing it: for doubts that a person must clear. A hold opens
// nothing; what is out stays out.
#include "rules/making.hpp"

namespace seals::rules {

Decision decide_hold(const State& state, const Context& context, const HoldRequest& command) {
    Decision decision;
    decision.id = command.request.str();
    const auto* request = state.request(command.request);
    if (request == nullptr) {
        decision.refusal = unknown_thing("request", command.request.str());
        return decision;
    }
    auto now = request->state(context.now);
    bool over = request->over() || now == RequestState::expired;
    if (over || request->held == command.hold) {
        auto name = over ? std::string(name_of(now)) : command.hold ? "held" : "not held";
        refuse_act(context, command.hold ? "hold" : "release", {}, command.idempotency,
                   refusal(Rule::request_not_held, "request.over", {request->id.str(), name}),
                   decision);
        return decision;
    }
    auto event =
        make_event(command.hold ? EventType::request_held : EventType::request_released, context);
    event.request = request->id;
    event.data = make_data({{"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"reason", command.reason}};
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
