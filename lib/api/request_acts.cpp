// Acts on a request: held back, released, withdrawn.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "wire/acts.hpp"

namespace seals::api {
namespace {

void hold(Services& services, Request request, Responder responder, bool held) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReasonCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_text(body->reason, "reason"); !status)
        return call->problem(status.error());
    rules::HoldRequest command{RequestId(call->request.param("id")), held, body->reason, {}};
    perform(services, call,
            {{},
             [command](const std::vector<rules::Acting>&, rules::Idempotency once) {
                 auto full = command;
                 full.idempotency = std::move(once);
                 return full;
             },
             [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

}  // namespace

void post_request_hold(Services& services, Request request, Responder responder) {
    hold(services, std::move(request), std::move(responder), true);
}

void post_request_release(Services& services, Request request, Responder responder) {
    hold(services, std::move(request), std::move(responder), false);
}

// The same as a withdrawal by import: sticky, and a loan that nothing else stands on is called
// back.
void post_request_withdraw(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    RequestId id(call->request.param("id"));
    services.engine.submit({rules::WithdrawRequest{id, idempotency_of(call->request)},
                            call->request.caller.actor(), [call](const engine::Outcome& outcome) {
                                if (outcome.error) return call->problem(*outcome.error);
                                wire::DoneReply reply;
                                if (!outcome.events.empty())
                                    reply.seq =
                                        static_cast<std::int64_t>(outcome.events.front().seq);
                                call->responder.reply(200, wire::write(reply));
                            }});
}

}  // namespace seals::api
