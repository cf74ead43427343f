// Take and return: factors first, then the decision, then the reply when the line has fired. An
// Idempotency-Key makes a retry name the same session, whatever became of it.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/scope.hpp"
#include "rules/row.hpp"
#include "wire/calls.hpp"
#include "wire/views.hpp"

namespace seals::api {
namespace {

Error not_fired(const rules::Session& session) {
    return Error{Code::unavailable,
                 "slot " + session.slot.str() + " was not unlocked, and will not be (" +
                     session.reason + ")",
                 "`sealctl status` tells what is wrong with the locks; then try again"};
}

Error outcome_unknown(const rules::Session& session) {
    return Error{
        Code::timeout,
        "the outcome of session " + session.id.str() + " is unknown; slot " + session.slot.str() +
            " waits until door and tag are read again",
        "see whether the door is open; `sealctl session show " + session.id.str() + "` follows it"};
}

// What the record says of the order now that it has an outcome.
void reply_visit(Services& services, const CallPtr& call, const SessionId& id, std::uint64_t seq) {
    auto row = services.engine.store().reader().row("session", id.str());
    if (!row || !*row || !(*row)->body)
        return call->problem(internal("session " + id.str() + " cannot be read"));
    auto session = rules::session_from(*(*row)->body);
    if (session.stage == rules::Stage::unknown) return call->problem(outcome_unknown(session));
    if (session.verdict == "abandoned") return call->problem(not_fired(session));
    wire::VisitReply reply{session.id.str(), session.seal.str(), session.slot.str(),
                           static_cast<std::int64_t>(seq)};
    call->responder.reply(201, wire::write(reply));
}

void reply_when_fired(Services& services, const CallPtr& call, const SessionId& id,
                      std::uint64_t seq) {
    services.visits.await_order(
        id, [&services, call, id, seq] { reply_visit(services, call, id, seq); });
}

// The answer to a retry: what the first leaf of the command stands for.
void reply_recorded(Services& services, const CallPtr& call, const ledger::Recorded& entry) {
    if (entry.event.type == EventType::session_opened)
        return reply_when_fired(services, call, entry.event.session, entry.seq);
    call->problem(recorded_refusal(entry));
}

const ledger::Recorded* opening(const engine::Outcome& outcome) {
    for (const auto& entry : outcome.events)
        if (entry.event.type == EventType::session_opened) return &entry;
    return nullptr;
}

using MakeCommand = std::function<rules::Command(std::vector<rules::Acting>, rules::Idempotency)>;

void visit(Services& services, const CallPtr& call, std::vector<wire::Acting> acting,
           MakeCommand make) {
    auto once = idempotency_of(call->request);
    auto decide = [&services, call, once, make](std::vector<rules::Acting> checked,
                                                const std::function<void()>& finish) {
        services.engine.submit(
            {make(std::move(checked), once), call->request.caller.actor(),
             [&services, call, once, finish](const engine::Outcome& outcome) {
                 finish();
                 services.once.finished(once);
                 const auto* opened = opening(outcome);
                 if (outcome.error || opened == nullptr)
                     return call->problem(
                         outcome.error.value_or(internal("no session was opened")));
                 reply_when_fired(services, call, SessionId(outcome.id), opened->seq);
             }});
    };
    services.once.enter(once, {[&services, acting = std::move(acting), decide] {
                                   check_acting(services, acting, decide);
                               },
                               [&services, call](const ledger::Recorded& entry) {
                                   reply_recorded(services, call, entry);
                               },
                               [call](const Error& error) { call->problem(error); }});
}

Status check_ids(const std::string& person, const std::vector<std::string>& requests) {
    if (!valid_id(person)) return invalid("person", "\"person\" is no id");
    if (requests.size() > 100) return invalid("requests", "one take serves at most 100 requests");
    for (const auto& id : requests)
        if (!valid_id(id)) return invalid("requests", "\"requests\" holds something that is no id");
    return {};
}

}  // namespace

void post_take(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::TakeCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_ids(body->person, body->requests); !status)
        return call->problem(status.error());
    if (body->second && !valid_id(body->second->person))
        return call->problem(invalid("second", "\"second\" names no valid id"));
    SealId seal(call->request.param("id"));
    if (auto status = check_scope(services, call->request, seal); !status)
        return call->problem(status.error());
    std::vector<wire::Acting> acting{{body->person, body->factors}};
    if (body->second) acting.push_back(*body->second);
    if (body->second && body->second->person == body->person)
        return call->problem(invalid("second", "the second is another person"));
    visit(services, call, std::move(acting),
          [seal, requests = rules::ids_of<RequestId>(body->requests)](
              std::vector<rules::Acting> checked, rules::Idempotency once) {
              auto& first = checked.front();
              rules::Take take{seal, requests, first.person, std::move(first.factors),
                               std::move(once)};
              if (checked.size() > 1) take.second = std::move(checked.back());
              return take;
          });
}

void post_return(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReturnCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_ids(body->person, {}); !status) return call->problem(status.error());
    SealId seal(call->request.param("id"));
    if (auto status = check_scope(services, call->request, seal); !status)
        return call->problem(status.error());
    visit(services, call, {{body->person, body->factors}},
          [seal](std::vector<rules::Acting> checked, rules::Idempotency once) {
              auto& first = checked.front();
              return rules::Return{seal, first.person, std::move(first.factors), std::move(once)};
          });
}

}  // namespace seals::api
