// Imports: the file was sent to files.sock; here it is parsed by sealsd-intake and recorded.
#include "api/handlers.hpp"
#include "api/records.hpp"
#include "wire/calls.hpp"

namespace seals::api {
namespace {

wire::ImportReply reply_of(const engine::ImportResult& result, bool dry_run) {
    wire::ImportReply reply;
    reply.accepted = result.accepted;
    reply.unchanged = result.unchanged;
    reply.withdrawn = result.withdrawn;
    reply.left_out = result.left_out;
    for (const auto& r : result.refused)
        reply.refused.push_back({r.line, r.record, r.field, r.reason});
    for (const auto& c : result.conflicts)
        reply.conflicts.push_back({c.line, c.record, c.key, c.field});
    reply.refused_count = result.refused_count;
    reply.conflict_count = result.conflict_count;
    reply.dry_run = dry_run;
    reply.code = result.refused_count + result.conflict_count > 0 ? "no" : "ok";
    return reply;
}

// A retry is told the counts; what was refused in detail was told the first time.
engine::ImportResult recorded_result(const ledger::Recorded& entry) {
    const auto& data = entry.event.data;
    engine::ImportResult result;
    result.accepted = data.integer_or("accepted");
    result.unchanged = data.integer_or("unchanged");
    result.withdrawn = data.integer_or("withdrawn");
    result.left_out = data.integer_or("left_out");
    result.refused_count = data.integer_or("refused");
    result.conflict_count = data.integer_or("conflicts");
    return result;
}

engine::ImportJob job_of(Services& services, const CallPtr& call, const wire::ImportCall& body) {
    engine::ImportJob job;
    job.job.kind = body.kind;
    job.job.format = body.format.value_or("auto");
    job.job.source = body.source.value_or("csv");
    job.job.timezone = services.timezone;
    job.job.map = body.map.value_or("");
    job.sha256 = body.sha256;
    job.convert = [](const wire::ImportItem& item) { return to_command(item); };
    job.connect = services.connect_intake;
    job.open = [open = services.open_upload, uid = call->request.caller.peer.uid,
                sha256 = body.sha256] { return open(uid, sha256); };
    job.dry_run = body.dry_run;
    job.actor = call->request.caller.actor();
    if (!body.dry_run) job.idempotency = idempotency_of(call->request);
    return job;
}

}  // namespace

void post_import(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ImportCall>(call->request, call->responder);
    if (!body) return;
    if (!hash_from_hex(body->sha256))
        return call->problem(invalid("sha256", "\"sha256\" must be 64 lower-case hex digits"));
    auto job = job_of(services, call, *body);
    auto once = job.idempotency;
    bool dry_run = body->dry_run;
    auto run = [&services, call, job, once, dry_run] {
        services.import.run(
            job, [&services, call, once, dry_run](const Result<engine::ImportResult>& result) {
                services.once.finished(once);
                if (!result) return call->problem(result.error());
                call->responder.reply(200, wire::write(reply_of(*result, dry_run)));
            });
    };
    services.once.enter(once, {run,
                               [call](const ledger::Recorded& entry) {
                                   call->responder.reply(
                                       200, wire::write(reply_of(recorded_result(entry), false)));
                               },
                               [call](const Error& error) { call->problem(error); }});
}

}  // namespace seals::api
