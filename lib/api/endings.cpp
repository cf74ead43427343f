// The end of requests: the result as its source is told, the outbox of those that wait, what became
// of telling them, and what persons decide about it.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/result.hpp"
#include "api/scope.hpp"
#include "api/view_of.hpp"
#include "base/text.hpp"
#include "rules/row.hpp"
#include "wire/acts.hpp"
#include "wire/ending.hpp"

namespace seals::api {
namespace {

using Kind = rules::TellResult::Kind;

constexpr std::int64_t kMostItems = 500;
constexpr std::int64_t kMostAttempts = 1'000'000;

// The committed row of a request that waits in memory; null when it waits no more.
std::optional<rules::Request> waiting_row(Services& services, const RequestId& id) {
    auto row = services.engine.store().reader().row("request", id.str());
    if (!row || !*row || !(*row)->body) return std::nullopt;
    auto request = rules::request_from(*(*row)->body);
    if (!request.waits_to_be_told()) return std::nullopt;
    return request;
}

wire::OutboxItem item_of(const rules::Request& request) {
    return {request.id.str(), request.source, request.external_id, *ending_of(request)};
}

Status check_tried(std::int64_t revision, std::int64_t attempts) {
    if (revision < 1) return invalid("revision", "\"revision\" must be at least 1");
    if (attempts < 1 || attempts > kMostAttempts)
        return invalid("attempts", "\"attempts\" must be from 1 to 1000000");
    return {};
}

// By the outbox, which repeats itself until it is heard: what is known already changes nothing, so
// no Idempotency-Key is kept.
void tell(Services& services, const CallPtr& call, rules::TellResult command) {
    command.request = RequestId(call->request.param("id"));
    services.engine.submit(
        {std::move(command), call->request.caller.actor(), [call](const engine::Outcome& outcome) {
             if (outcome.error) return call->problem(*outcome.error);
             wire::DoneReply reply;
             if (!outcome.events.empty())
                 reply.seq = static_cast<std::int64_t>(outcome.events.front().seq);
             call->responder.reply(200, wire::write(reply));
         }});
}

// A role that ends at some entities decides about requests of their seals only.
Status check_lines(const Services& services, const CallPtr& call, const RequestId& id) {
    const auto* request = services.engine.state().request(id);
    if (request == nullptr) return {};
    for (const auto& line : request->lines)
        if (auto status = check_scope(services, call->request, line.seal); !status) return status;
    return {};
}

// By a person.
template <class Command>
void act(Services& services, const CallPtr& call, Command command,
         std::vector<wire::Acting> acting) {
    command.request = RequestId(call->request.param("id"));
    if (auto status = check_lines(services, call, command.request); !status)
        return call->problem(status.error());
    perform(services, call,
            {std::move(acting),
             [command](std::vector<rules::Acting> by, rules::Idempotency once) {
                 auto full = command;
                 full.idempotency = std::move(once);
                 if constexpr (requires { full.by; }) full.by = std::move(by);
                 return rules::Command{std::move(full)};
             },
             [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

}  // namespace

void get_result(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    ResultOf asked{call->request.param("id"), services.engine.store().origin(), services.simulated,
                   hidden_seals(services, call->request.caller)};
    services.engine.store().ask<Result<wire::ResultView>>(
        [asked](ledger::Reader& reader) { return result_of(reader, asked); },
        [call](const Result<wire::ResultView>& result) {
            if (!result) return call->problem(result.error());
            call->responder.reply(200, wire::write(*result));
        });
}

// All that waits is in memory; what is shown of it is what was committed.
void list_outbox(Services& services, Request request, Responder responder) {
    auto limit = request.number("limit", 100, 1, kMostItems);
    if (!limit) return reply_problem(request, responder, limit.error());
    auto hidden = hidden_seals(services, request.caller);
    bool dead = request.flag("dead");
    const auto& all = services.engine.state().requests;
    Value::Array items;
    std::string last;
    auto at = all.upper_bound(RequestId(request.text("cursor")));
    for (; at != all.end() && static_cast<std::int64_t>(items.size()) < *limit; ++at) {
        if (!at->second.ending) continue;
        auto one = waiting_row(services, at->first);
        if (!one || is_hidden(*one, hidden) || (dead && !one->ending->dead)) continue;
        last = at->first.str();
        items.push_back(wire::write(item_of(*one)));
    }
    Value page{Value::Object{}};
    page.add("items", std::move(items));
    page.add("next", at != all.end() ? Value{last} : Value{});
    responder.reply(200, page);
}

void post_request_finish(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReasonCall>(call->request, call->responder);
    if (!body) return;
    act(services, call, rules::FinishRequest{{}, std::string(trimmed(body->reason)), {}}, {});
}

void post_reported(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReportedCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_tried(body->revision, body->attempts); !status)
        return call->problem(status.error());
    if (!hash_from_hex(body->receipt))
        return call->problem(invalid("receipt", "\"receipt\" is no sha256 in lower-case hex"));
    rules::TellResult command;
    command.kind = Kind::reported;
    command.revision = body->revision;
    command.attempts = body->attempts;
    command.receipt = body->receipt;
    tell(services, call, std::move(command));
}

void post_report_failed(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReportFailedCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_tried(body->revision, body->attempts); !status)
        return call->problem(status.error());
    rules::TellResult command;
    command.kind = Kind::failed;
    command.revision = body->revision;
    command.attempts = body->attempts;
    command.reason = std::string(trimmed(body->reason));
    command.dead = body->dead;
    tell(services, call, std::move(command));
}

void post_report_again(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReportAgainCall>(call->request, call->responder);
    if (!body) return;
    rules::TellResult command;
    command.kind = Kind::again;
    command.reason = std::string(trimmed(body->reason.value_or("")));
    act(services, call, std::move(command), {});
}

void post_report_waive(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::WaiveCall>(call->request, call->responder);
    if (!body) return;
    std::vector<wire::Acting> acting{body->by};
    if (auto status = check_acting_ids(acting, "by"); !status) return call->problem(status.error());
    rules::TellResult command;
    command.kind = Kind::waived;
    command.reason = std::string(trimmed(body->reason));
    act(services, call, std::move(command), std::move(acting));
}

}  // namespace seals::api
