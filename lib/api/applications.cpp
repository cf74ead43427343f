// Applications at the cabinet: made by who applies, decided by the posts of their chain, withdrawn.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/records.hpp"
#include "api/scope.hpp"
#include "base/text.hpp"
#include "rules/row.hpp"
#include "wire/application.hpp"
#include "wire/import.hpp"

namespace seals::api {
namespace {

// So that a chain and its lines fit into one entry.
constexpr std::size_t kMostLines = 20, kMostUsers = 16;

Status check_lines(Services& services, const Request& request, const wire::ApplyCall& body) {
    if (body.lines.size() > kMostLines)
        return invalid("lines", "an application has at most 20 lines");
    for (std::size_t i = 0; i < body.lines.size(); ++i) {
        const auto& line = body.lines[i];
        if (line.users.size() > kMostUsers)
            return invalid("lines[" + std::to_string(i) + "].users", "a line has at most 16 users");
        if (auto status = check_scope(services, request, SealId(line.seal)); !status)
            return status.error();
    }
    return {};
}

// By the checks that a record of an import passes. What the rules fill in has any valid form here.
Result<rules::RequestUpsert> upsert_of(const wire::ApplyCall& body) {
    if (trimmed(body.title).empty()) return invalid("title", "\"title\" is empty");
    if (body.id && !valid_id(*body.id)) return invalid("id", "\"id\" is no id");
    wire::RequestRecord record;
    record.source = rules::kSelfSource;
    record.external_id = body.id.value_or("SQ");
    record.applicant = body.applicant;
    record.title = body.title;
    record.remark = body.remark.value_or("");
    for (const auto& line : body.lines)
        record.lines.push_back(
            {line.seal, line.copies, line.count, line.cross_page, line.users, {}, {}});
    auto command = to_command(record, {});
    if (!command) return command.error();
    auto upsert = std::get<rules::RequestUpsert>(std::move(*command));
    upsert.request.external_id = body.id.value_or("");
    return upsert;
}

Result<rules::Apply> application_of(const wire::ApplyCall& body) {
    auto upsert = upsert_of(body);
    if (!upsert) return upsert.error();
    rules::Apply command{std::move(upsert->request), std::move(upsert->given), {}, {}};
    if (const auto& out = body.take_out) {
        if (!valid_id(out->supervisor))
            return invalid("take_out.supervisor", "\"supervisor\" is no id");
        command.request.take_out =
            rules::TakeOut{std::string(trimmed(out->place)), out->due,
                           std::string(trimmed(out->reason)), PersonId(out->supervisor)};
    }
    command.request.application =
        rules::Application{body.number.value_or(""), body.counterpart.value_or(""), {}};
    return command;
}

// What has become of it by now: an act that is answered again may have been followed by others.
void reply_application(Services& services, const CallPtr& call, const ledger::Recorded& entry,
                       int status) {
    wire::ApplicationReply reply;
    reply.id = entry.event.request.str();
    reply.seq = static_cast<std::int64_t>(entry.seq);
    auto row = services.engine.store().reader().row("request", reply.id);
    if (row && *row && (*row)->body) {
        auto request = rules::request_from(*(*row)->body);
        reply.state = name_of(request.state(services.engine.moment().now));
        const auto* due = request.application ? request.application->due() : nullptr;
        if (due != nullptr) {
            reply.post = due->post;
            reply.title = due->title;
        }
    }
    call->responder.reply(status, wire::write(reply));
}

Status check_request_scope(Services& services, const Request& request) {
    const auto* known = services.engine.state().request(RequestId(request.param("id")));
    if (known == nullptr) return {};
    for (const auto& line : known->lines)
        if (auto status = check_scope(services, request, line.seal); !status) return status.error();
    return {};
}

void decide(Services& services, Request request, Responder responder, bool approve) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::DecideCall>(call->request, call->responder);
    if (!body) return;
    std::vector<wire::Acting> acting{{body->person, body->factors}};
    if (auto status = check_acting_ids(acting, "person"); !status)
        return call->problem(status.error());
    rules::DecideApplication command;
    command.request = RequestId(call->request.param("id"));
    command.approve = approve;
    command.opinion = trimmed(body->opinion.value_or(""));
    command.delegate_of = PersonId(body->delegate_of.value_or(""));
    if (!approve && command.opinion.empty())
        return call->problem(invalid("opinion", "a refusal needs its reason: \"opinion\""));
    if (auto status = check_request_scope(services, call->request); !status)
        return call->problem(status.error());
    perform(services, call,
            {acting,
             [command](std::vector<rules::Acting> checked, rules::Idempotency once) {
                 auto full = command;
                 full.person = std::move(checked.front());
                 full.idempotency = std::move(once);
                 return full;
             },
             [&services, call](const ledger::Recorded& entry) {
                 reply_application(services, call, entry, 200);
             }});
}

}  // namespace

void post_application(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ApplyCall>(call->request, call->responder);
    if (!body) return;
    std::vector<wire::Acting> acting{{body->applicant, body->factors}};
    if (auto status = check_acting_ids(acting, "applicant"); !status)
        return call->problem(status.error());
    if (auto status = check_lines(services, call->request, *body); !status)
        return call->problem(status.error());
    auto command = application_of(*body);
    if (!command) return call->problem(command.error());
    auto shared = std::make_shared<rules::Apply>(std::move(*command));
    perform(services, call,
            {acting,
             [shared](std::vector<rules::Acting> checked, rules::Idempotency once) {
                 auto full = *shared;
                 full.applicant = std::move(checked.front());
                 full.idempotency = std::move(once);
                 return full;
             },
             [&services, call](const ledger::Recorded& entry) {
                 reply_application(services, call, entry, 201);
             }});
}

void post_request_approve(Services& services, Request request, Responder responder) {
    decide(services, std::move(request), std::move(responder), true);
}

void post_request_reject(Services& services, Request request, Responder responder) {
    decide(services, std::move(request), std::move(responder), false);
}

void post_request_withdraw_own(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::WithdrawOwnCall>(call->request, call->responder);
    if (!body) return;
    std::vector<wire::Acting> acting{{body->person, body->factors}};
    if (auto status = check_acting_ids(acting, "person"); !status)
        return call->problem(status.error());
    RequestId id(call->request.param("id"));
    perform(services, call,
            {acting,
             [id](std::vector<rules::Acting> checked, rules::Idempotency once) {
                 return rules::WithdrawRequest{id, std::move(once), std::move(checked.front())};
             },
             [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

}  // namespace seals::api
