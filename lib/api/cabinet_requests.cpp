// Requests that are made or completed at the cabinet: more impressions, one on paper, an emergency,
// and the OA's number for either.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/scope.hpp"
#include "rules/row.hpp"
#include "wire/acts.hpp"
#include "wire/use.hpp"

namespace seals::api {
namespace {

constexpr std::int64_t kMostCopies = 100'000;

Status check_basis(const wire::ExtendCall& body) {
    if (!valid_id(body.seal)) return invalid("seal", "\"seal\" is no id");
    if (body.copies < 0 || body.copies > kMostCopies)
        return invalid("copies", "copies must be from 0 to 100000");
    if (auto status = check_text(body.reason, "reason"); !status) return status;
    if (auto status = check_text(body.basis, "basis"); !status) return status;
    return check_acting_ids(body.persons, "persons");
}

Result<rules::PaperRequest> paper_of(const wire::PaperCall& body) {
    rules::PaperRequest command;
    auto& request = command.request;
    if (!valid_id(body.id)) return invalid("id", "\"id\" is no id");
    if (!valid_id(body.seal)) return invalid("seal", "\"seal\" is no id");
    if (body.applicant && !valid_id(*body.applicant))
        return invalid("applicant", "\"applicant\" is no id");
    auto in_bounds = [](std::int64_t n, std::int64_t least) {
        return n >= least && n <= kMostCopies;
    };
    if (!in_bounds(body.count, 1)) return invalid("count", "count must be from 1 to 100000");
    if (!in_bounds(body.cross_page, 0))
        return invalid("cross_page", "cross_page must be from 0 to 100000");
    if (!in_bounds(body.copies, 1)) return invalid("copies", "copies must be from 1 to 100000");
    request.source = rules::kPaperSource;
    request.external_id = body.id;
    request.title = body.title;
    request.basis = body.basis;
    request.department = body.department;
    if (body.applicant) request.applicant = PersonId(*body.applicant);
    rules::Line line;
    line.seal = SealId(body.seal);
    line.copies = body.copies;
    line.count = body.count;
    line.cross_page = body.cross_page;
    for (const auto& user : body.users) {
        if (!valid_id(user)) return invalid("users", "\"users\" names no valid id");
        line.users.emplace_back(user);
    }
    if (line.users.empty() && body.applicant) line.users = {request.applicant};
    if (body.until) line.valid_to = *body.until;
    command.until_given = body.until.has_value();
    command.files = body.files;
    request.lines = {std::move(line)};
    return command;
}

// Without a source the number is that of a request that is here. One still to come could be of any
// OA, and a wrong guess would leave it a second grant.
Result<rules::MatchRequest> match_of(Services& services, const RequestId& id,
                                     const wire::MatchCall& body) {
    if (!valid_id(body.external_id)) return invalid("external_id", "\"external_id\" is no id");
    if (body.source && !valid_id(*body.source)) return invalid("source", "\"source\" is no id");
    if (body.source) return rules::MatchRequest{id, *body.source, body.external_id, {}};
    auto row = services.engine.store().reader().row("request", body.external_id);
    if (!row) return row.error();
    if (!*row || !(*row)->body)
        return Error{Code::invalid,
                     "no request " + body.external_id + " is here yet, and no source was given",
                     "name the OA that it will come from (--source), or import it first", "source"};
    auto known = rules::request_from(*(*row)->body);
    return rules::MatchRequest{id, known.source, known.external_id, {}};
}

void reply_made(Services& services, const CallPtr& call, const ledger::Recorded& entry) {
    wire::MadeReply reply{entry.event.request.str(), static_cast<std::int64_t>(entry.seq)};
    if (const auto* request = services.engine.state().request(entry.event.request)) {
        reply.valid_to = request->valid_to();
        reply.cure_by = request->cure_by;
    }
    call->responder.reply(201, wire::write(reply));
}

}  // namespace

void post_request_extend(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ExtendCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_basis(*body); !status) return call->problem(status.error());
    if (auto status = check_scope(services, call->request, SealId(body->seal)); !status)
        return call->problem(status.error());
    rules::ExtendRequest command;
    command.request = RequestId(call->request.param("id"));
    command.seal = SealId(body->seal);
    command.more = {body->count, body->cross_page};
    command.copies = body->copies;
    command.reason = body->reason;
    command.basis = body->basis;
    command.until = body->until;
    command.approved = call->request.caller.roles.has(Role::bridge);
    perform(services, call,
            {body->persons, with_persons(command),
             [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

void post_request_paper(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::PaperCall>(call->request, call->responder);
    if (!body) return;
    auto command = paper_of(*body);
    if (!command) return call->problem(command.error());
    if (auto status = check_text(body->basis, "basis"); !status)
        return call->problem(status.error());
    if (auto status = check_files(body->files); !status) return call->problem(status.error());
    if (auto status = check_acting_ids(body->persons, "persons"); !status)
        return call->problem(status.error());
    if (auto status = check_scope(services, call->request, SealId(body->seal)); !status)
        return call->problem(status.error());
    perform_with_files(
        services, call, body->files,
        {body->persons, with_persons(*command),
         [&services, call](const ledger::Recorded& entry) { reply_made(services, call, entry); }});
}

void post_request_emergency(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::EmergencyCall>(call->request, call->responder);
    if (!body) return;
    if (!valid_id(body->seal)) return call->problem(invalid("seal", "\"seal\" is no id"));
    if (auto status = check_text(body->reason, "reason"); !status)
        return call->problem(status.error());
    if (auto status = check_acting_ids(body->persons, "persons"); !status)
        return call->problem(status.error());
    if (auto status = check_scope(services, call->request, SealId(body->seal)); !status)
        return call->problem(status.error());
    rules::OpenEmergency command;
    command.id = RequestId(body->id.value_or(""));
    command.seal = SealId(body->seal);
    command.most = {body->count, body->cross_page};
    command.reason = body->reason;
    perform(
        services, call,
        {body->persons, with_persons(command),
         [&services, call](const ledger::Recorded& entry) { reply_made(services, call, entry); }});
}

// A paper request: its number in the OA. An emergency: the request that cures it.
void post_request_match(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::MatchCall>(call->request, call->responder);
    if (!body) return;
    auto command = match_of(services, RequestId(call->request.param("id")), *body);
    if (!command) return call->problem(command.error());
    perform(services, call,
            {{},
             [command = *command](const std::vector<rules::Acting>&, rules::Idempotency once) {
                 auto full = command;
                 full.idempotency = std::move(once);
                 return full;
             },
             [call](const ledger::Recorded& entry) { reply_done(call, entry); },
             [call] { call->responder.reply(200, wire::write(wire::DoneReply{})); }});
}

void post_seal_recall(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReasonCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_text(body->reason, "reason"); !status)
        return call->problem(status.error());
    SealId seal(call->request.param("id"));
    if (auto status = check_scope(services, call->request, seal); !status)
        return call->problem(status.error());
    perform(
        services, call,
        {{},
         [seal, reason = body->reason](const std::vector<rules::Acting>&, rules::Idempotency once) {
             return rules::RecallSeal{seal, reason, std::move(once)};
         },
         [call](const ledger::Recorded& entry) { reply_done(call, entry); },
         [call] { call->responder.reply(200, wire::write(wire::DoneReply{})); }});
}

}  // namespace seals::api
