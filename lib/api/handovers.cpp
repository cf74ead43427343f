// Handovers: offered, answered, listed.
#include <algorithm>

#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/listing.hpp"
#include "api/scope.hpp"
#include "rules/row.hpp"
#include "wire/acts.hpp"

namespace seals::api {
namespace {

wire::HandoverView view_of(const rules::Handover& handover) {
    wire::HandoverView view{handover.id,
                            std::string(name_of(handover.kind)),
                            std::string(name_of(handover.state)),
                            handover.from.str(),
                            handover.to.str(),
                            handover.by.str(),
                            rules::texts_of(handover.seals),
                            handover.offered,
                            {},
                            handover.until};
    if (handover.accepted.ms != 0) view.accepted = handover.accepted;
    return view;
}

// Whether a seal of it may not be seen.
bool concerns(const rules::Handover& handover, const std::set<std::string>& hidden) {
    return std::any_of(handover.seals.begin(), handover.seals.end(),
                       [&](const SealId& seal) { return hidden.contains(seal.str()); });
}

void reply_id(const CallPtr& call, const ledger::Recorded& entry, int status) {
    wire::HandoverReply reply{entry.event.data.text_or("id"), static_cast<std::int64_t>(entry.seq)};
    call->responder.reply(status, wire::write(reply));
}

void answer(Services& services, Request request, Responder responder, bool accept) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::AnswerCall>(call->request, call->responder);
    if (!body) return;
    std::vector<wire::Acting> acting{{body->person, body->factors}};
    if (auto status = check_acting_ids(acting, "person"); !status)
        return call->problem(status.error());
    auto id = call->request.param("id");
    auto reason = body->reason.value_or("");
    perform(services, call,
            {acting,
             [id, accept, reason](std::vector<rules::Acting> checked, rules::Idempotency once) {
                 return rules::AnswerHandover{id, std::move(checked.front()), accept, reason,
                                              std::move(once)};
             },
             [call](const ledger::Recorded& entry) { reply_id(call, entry, 200); }});
}

}  // namespace

void post_handover(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::OfferCall>(call->request, call->responder);
    if (!body) return;
    std::vector<wire::Acting> acting{{body->by.value_or(body->from), body->factors}};
    if (auto status = check_acting_ids(acting, "from"); !status)
        return call->problem(status.error());
    if (!valid_id(body->to)) return call->problem(invalid("to", "\"to\" is no id"));
    if (body->by && !body->until)
        return call->problem(invalid("until", "an absence has an end: \"until\""));
    rules::OfferHandover command;
    command.seals = rules::ids_of<SealId>(body->seals);
    for (const auto& seal : command.seals)
        if (auto status = check_scope(services, call->request, seal); !status)
            return call->problem(status.error());
    command.from = PersonId(body->from);
    command.to = PersonId(body->to);
    command.until = body->until;
    command.absent = body->by.has_value();
    perform(services, call,
            {acting,
             [command](std::vector<rules::Acting> checked, rules::Idempotency once) {
                 auto full = command;
                 full.giver = std::move(checked.front());
                 full.idempotency = std::move(once);
                 return full;
             },
             [call](const ledger::Recorded& entry) { reply_id(call, entry, 201); }});
}

void post_handover_accept(Services& services, Request request, Responder responder) {
    answer(services, std::move(request), std::move(responder), true);
}

void post_handover_refuse(Services& services, Request request, Responder responder) {
    answer(services, std::move(request), std::move(responder), false);
}

void list_handovers(Services& services, Request request, Responder responder) {
    bool all = request.flag("all");
    auto hidden = hidden_seals(services, request.caller);
    list_rows(services, std::move(request), std::move(responder), "handover",
              [all, hidden](const Value& body) -> std::optional<Value> {
                  auto handover = rules::handover_from(body);
                  if (concerns(handover, hidden)) return std::nullopt;
                  if (!handover.open() && !all) return std::nullopt;
                  return wire::write(view_of(handover));
              });
}

void get_handover(Services& services, Request request, Responder responder) {
    auto hidden = hidden_seals(services, request.caller);
    show_row(services, std::move(request), std::move(responder), "handover",
             [hidden](const Value& body) -> std::optional<Value> {
                 auto handover = rules::handover_from(body);
                 if (concerns(handover, hidden)) return std::nullopt;
                 return wire::write(view_of(handover));
             });
}

}  // namespace seals::api
