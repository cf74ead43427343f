// Alerts: list, show, what persons do with one; reports of jobs; the release of a frozen cabinet.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/listing.hpp"
#include "api/scope.hpp"
#include "api/view_of.hpp"
#include "base/text.hpp"
#include "rules/row.hpp"
#include "wire/alert.hpp"
#include "words/alert_types.hpp"

namespace seals::api {
namespace {

constexpr std::int64_t kMostPeriod = std::int64_t{400} * 86'400'000;
constexpr std::int64_t kLeastPeriod = 60'000;

// The row as it is once the entry is durable.
void reply_alert(Services& services, const CallPtr& call, const std::string& id) {
    auto row = services.engine.store().reader().row("alert", id);
    if (!row || !*row || !(*row)->body)
        return call->problem(internal("alert " + id + " cannot be read"));
    call->responder.reply(200, wire::write(view_of(rules::alert_from(*(*row)->body))));
}

void act_on(Services& services, const CallPtr& call, rules::AlertAct act,
            const std::optional<wire::Acting>& by) {
    act.alert = call->request.param("id");
    const auto* alert = services.engine.state().alert(act.alert);
    if (alert != nullptr)
        if (auto status = check_scope(services, call->request, alert->seal); !status)
            return call->problem(status.error());
    Act one;
    if (by) one.acting = {*by};
    if (auto status = check_acting_ids(one.acting, "by"); !status)
        return call->problem(status.error());
    one.command = [act](std::vector<rules::Acting> acting, rules::Idempotency once) {
        auto command = act;
        command.by = std::move(acting);
        command.idempotency = std::move(once);
        return rules::Command{std::move(command)};
    };
    one.reply = [&services, call, id = act.alert](const ledger::Recorded&) {
        reply_alert(services, call, id);
    };
    perform(services, call, std::move(one));
}

}  // namespace

void list_alerts(Services& services, Request request, Responder responder) {
    bool all = request.flag("all");
    auto type = request.text("type");
    if (!type.empty() && alert_type_named(type) == nullptr)
        return reply_problem(request, responder,
                             invalid("type", "there is no alert type \"" + type + "\""));
    auto hidden = hidden_seals(services, request.caller);
    list_rows(services, std::move(request), std::move(responder), "alert",
              [all, type, hidden](const Value& body) -> std::optional<Value> {
                  auto alert = rules::alert_from(body);
                  bool shown = all || alert.state != AlertState::closed;
                  if (hidden.contains(alert.seal.str())) return std::nullopt;
                  if (!shown || (!type.empty() && alert.type != type)) return std::nullopt;
                  return wire::write(view_of(alert));
              });
}

void get_alert(Services& services, Request request, Responder responder) {
    auto hidden = hidden_seals(services, request.caller);
    show_row(services, std::move(request), std::move(responder), "alert",
             [hidden](const Value& body) -> std::optional<Value> {
                 auto alert = rules::alert_from(body);
                 if (hidden.contains(alert.seal.str())) return std::nullopt;
                 return wire::write(view_of(alert));
             });
}

void post_alert_ack(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    if (auto body = read_body<wire::AlertAckCall>(call->request, call->responder))
        act_on(services, call, {rules::AlertAct::Kind::ack}, body->by);
}

void post_alert_assign(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::AlertAssignCall>(call->request, call->responder);
    if (!body) return;
    if (!valid_id(body->to)) return call->problem(invalid("to", "\"to\" is no person id"));
    act_on(services, call, {rules::AlertAct::Kind::assign, {}, PersonId(body->to)}, body->by);
}

void post_alert_close(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    if (auto body = read_body<wire::AlertCloseCall>(call->request, call->responder))
        act_on(services, call,
               {rules::AlertAct::Kind::close, {}, {}, std::string(trimmed(body->reason))},
               body->by);
}

void post_release(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::CabinetReleaseCall>(call->request, call->responder);
    if (!body) return;
    Act act;
    act.acting = {body->first, body->second};
    if (auto status = check_acting_ids(act.acting, "second"); !status)
        return call->problem(status.error());
    act.command = [reason = std::string(trimmed(body->reason))](std::vector<rules::Acting> acting,
                                                                rules::Idempotency once) {
        return rules::Command{rules::ReleaseCabinet{std::move(acting), reason, std::move(once)}};
    };
    act.reply = [call](const ledger::Recorded& entry) { reply_done(call, entry); };
    perform(services, call, std::move(act));
}

void post_heartbeat(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::HeartbeatCall>(call->request, call->responder);
    if (!body) return;
    if (!valid_id(body->job)) return call->problem(invalid("job", "\"job\" is no name"));
    bool right =
        body->every_ms == 0 || (body->every_ms >= kLeastPeriod && body->every_ms <= kMostPeriod);
    if (!right)
        return call->problem(
            invalid("every_ms", "\"every_ms\" must be 0, or from one minute to 400 days"));
    Act act;
    act.command = [job = body->job, every = milliseconds{body->every_ms}](
                      const std::vector<rules::Acting>&, rules::Idempotency once) {
        return rules::Command{rules::Heartbeat{job, every, std::move(once)}};
    };
    act.reply = [call](const ledger::Recorded& entry) { reply_done(call, entry); };
    perform(services, call, std::move(act));
}

}  // namespace seals::api
