// Status, policy, and the hand on a simulated cabinet.
#include "api/handlers.hpp"
#include "wire/calls.hpp"

namespace seals::api {

void get_status(Services& services, Request request, Responder responder) {
    responder.reply(200, wire::write(services.status(request.language)));
}

void post_sim(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::SimCall>(call->request, call->responder);
    if (!body) return;
    services.sim(call->request.param("verb"), body->args, [call](const Result<Value>& result) {
        result ? call->responder.reply(200, *result) : call->problem(result.error());
    });
}

}  // namespace seals::api
