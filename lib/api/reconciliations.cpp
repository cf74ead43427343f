// Reconciliations: the export was sent to files.sock; here it is compared with the ledger.
#include "api/handlers.hpp"
#include "api/records.hpp"
#include "rules/row.hpp"
#include "wire/reconciliation.hpp"

namespace seals::api {
namespace {

constexpr std::int64_t kMostItems = 500;
constexpr std::size_t kFirstItems = 200;  // the loop makes a page of them in a few ms

std::optional<Instant> time_in(const Value& from, const char* name) {
    if (from.find(name) == nullptr) return std::nullopt;
    return Instant{from.integer_or(name)};
}

std::optional<wire::ReconcileSide> side_of(const Value* from) {
    if (from == nullptr) return std::nullopt;
    wire::ReconcileSide side;
    side.state = from->text_or("state");
    side.applicant = from->text_or("applicant");
    side.applied_at = {from->integer_or("applied_at")};
    side.copies = from->integer_or("copies");
    if (from->find("count") != nullptr) side.count = from->integer_or("count");
    side.cross_page = from->integer_or("cross_page");
    side.due = time_in(*from, "due");
    side.valid_from = time_in(*from, "valid_from");
    side.valid_to = time_in(*from, "valid_to");
    return side;
}

wire::ReconcileItem item_of(const Value& from) {
    wire::ReconcileItem item;
    item.external_id = from.text_or("external_id");
    item.seal = from.text_or("seal");
    item.source = from.text_or("source");
    item.klass = from.text_or("class");
    item.state = from.text_or("state");
    item.detail = from.text_or("detail");
    item.differs = from.texts_or("differs");
    item.export_lines = from.integer_or("export_lines");
    item.ledger_lines = from.integer_or("ledger_lines");
    item.loans = from.integer_or("loans");
    item.uses = from.integer_or("uses");
    item.since = {from.integer_or("since")};
    item.out_since = time_in(from, "out_since");
    item.request = from.text_or("request");
    item.oa = side_of(from.find("oa"));
    item.ledger = side_of(from.find("ledger"));
    if (const auto* told = from.find("explanation"))
        item.explanation = wire::ReconcileExplanation{
            told->text_or("reason"), told->text_or("by"), {told->integer_or("at")}};
    return item;
}

wire::ReconcileTotals totals_of(const Value& from) {
    auto totals = wire::read<wire::ReconcileTotals>(from);
    return totals ? std::move(*totals) : wire::ReconcileTotals{};
}

wire::ReconcileReply reply_of(const rules::Reconciliation& run,
                              const engine::Reconciler::Page& page) {
    wire::ReconcileReply reply;
    reply.id = run.id;
    reply.source = run.source;
    reply.from = run.from;
    reply.to = run.to;
    reply.at = run.at;
    reply.by = run.actor.id;
    reply.sha256 = run.sha256;
    reply.items_sha256 = run.items_sha256;
    reply.totals = totals_of(run.totals);
    for (const auto& item : page.items.items)
        reply.items.push_back(item_of(item));
    if (page.items.next) reply.next = std::to_string(*page.items.next);
    const auto* refused = page.refused.find("refused");
    if (refused != nullptr && refused->array() != nullptr)
        for (const auto& one : *refused->array())
            reply.refused.push_back({one.integer_or("line"), one.integer_or("record"),
                                     one.text_or("field"), one.text_or("reason")});
    reply.code = reply.totals.open + reply.totals.refused > 0 ? "no" : "ok";
    return reply;
}

// What the entry holds, as its row has it.
rules::Reconciliation run_of(const ledger::Recorded& entry) {
    auto body = entry.event.data;
    body.add("at", entry.at.ms);
    body.add("actor", entry.event.actor.id);
    body.add("actor_kind", entry.event.actor.kind);
    return rules::reconciliation_from(body);
}

void answer(Services& services, const CallPtr& call, const rules::Reconciliation& run, int status,
            std::uint64_t place, std::size_t limit) {
    services.reconciler.items(run.items_sha256, place, limit,
                              [call, run, status](Result<engine::Reconciler::Page> page) {
                                  if (!page) return call->problem(page.error());
                                  call->responder.reply(status, wire::write(reply_of(run, *page)));
                              });
}

engine::ReconcileJob job_of(Services& services, const CallPtr& call,
                            const wire::ReconcileCall& body) {
    engine::ReconcileJob job;
    job.job.kind = "requests";
    job.job.format = body.format.value_or("auto");
    job.job.source = body.source.value_or("");
    job.job.timezone = services.timezone;
    job.job.map = body.map.value_or("");
    job.sha256 = body.sha256;
    job.convert = [](const wire::ImportItem& item) { return to_command(item); };
    job.connect = services.connect_intake;
    job.open = [open = services.open_upload, uid = call->request.caller.peer.uid,
                sha256 = body.sha256] { return open(uid, sha256); };
    job.period = {body.from, body.to};
    job.actor = call->request.caller.actor();
    job.idempotency = idempotency_of(call->request);
    return job;
}

Status check(const wire::ReconcileCall& body) {
    if (!hash_from_hex(body.sha256))
        return invalid("sha256", "\"sha256\" must be 64 lower-case hex digits");
    if (body.source && !valid_id(*body.source))
        return invalid("source", "the source must be a name without blanks");
    if (body.to < body.from) return invalid("to", "the period ends before it begins");
    return {};
}

Result<rules::Reconciliation> known_run(Services& services, const std::string& id) {
    auto row = services.engine.store().reader().row("reconciliation", id);
    if (!row) return row.error();
    if (!*row || !(*row)->body)
        return Error{Code::not_found, "reconciliation " + id + " is not known",
                     "`sealctl reconcile list` shows what there is", "id"};
    return rules::reconciliation_from(*(*row)->body);
}

Value view_of(const Value& row) {
    auto run = rules::reconciliation_from(row);
    return wire::write(wire::ReconciliationView{run.id, run.source, run.from, run.to, run.at,
                                                run.actor.id, run.sha256, totals_of(run.totals)});
}

Error nothing_to_explain() {
    return invalid("external_id", "that line matches; there is nothing to explain");
}

void explain(Services& services, const CallPtr& call, const std::string& run,
             const wire::LineExplainCall& body, const Value& item) {
    rules::Explain command{{item.text_or("source"),
                            body.external_id,
                            SealId(body.seal),
                            item.text_or("class"),
                            run,
                            item.text_or("figures"),
                            body.reason,
                            {},
                            {}},
                           RequestId(item.text_or("request")),
                           idempotency_of(call->request)};
    services.engine.submit({std::move(command), call->request.caller.actor(),
                            [&services, call](const engine::Outcome& outcome) {
                                services.once.finished(idempotency_of(call->request));
                                if (outcome.error) return call->problem(*outcome.error);
                                wire::DoneReply reply;
                                if (!outcome.events.empty())
                                    reply.seq =
                                        static_cast<std::int64_t>(outcome.events.front().seq);
                                call->responder.reply(200, wire::write(reply));
                            }});
}

}  // namespace

void post_reconciliation(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReconcileCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check(*body); !status) return call->problem(status.error());
    auto job = std::make_shared<engine::ReconcileJob>(job_of(services, call, *body));
    auto once = job->idempotency;
    auto reply = [&services, call](const ledger::Recorded& entry) {
        answer(services, call, run_of(entry), 201, 0, kFirstItems);
    };
    auto run = [&services, call, job, once, reply] {
        services.reconciler.run(std::move(*job),
                                [&services, call, once, reply](Result<ledger::Recorded> entry) {
                                    services.once.finished(once);
                                    entry ? reply(*entry) : call->problem(entry.error());
                                });
    };
    services.once.enter(once, {run, reply, [call](const Error& error) { call->problem(error); }});
}

void get_reconciliation(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto limit = call->request.number("limit", 100, 1, kMostItems);
    auto cursor = call->request.number("cursor", 0, 0, INT64_MAX);
    if (!limit || !cursor) return call->problem(!limit ? limit.error() : cursor.error());
    auto run = known_run(services, call->request.param("id"));
    if (!run) return call->problem(run.error());
    answer(services, call, *run, 200, static_cast<std::uint64_t>(*cursor),
           static_cast<std::size_t>(*limit));
}

void list_reconciliations(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto limit = call->request.number("limit", 100, 1, kMostItems);
    if (!limit) return call->problem(limit.error());
    auto count = static_cast<std::size_t>(*limit);
    services.engine.store().ask<Result<std::vector<ledger::Row>>>(
        [after = call->request.text("cursor"), count](ledger::Reader& reader) {
            return reader.rows("reconciliation", after, count + 1);
        },
        [call, count](Result<std::vector<ledger::Row>> rows) {
            if (!rows) return call->problem(rows.error());
            Value::Array items;
            for (std::size_t i = 0; i < std::min(count, rows->size()); ++i)
                items.push_back(view_of(*(*rows)[i].body));
            Value page{Value::Object{}};
            page.add("items", std::move(items));
            page.add("next", rows->size() > count ? Value{(*rows)[count - 1].id} : Value{});
            call->responder.reply(200, page);
        });
}

void post_explanation(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::LineExplainCall>(call->request, call->responder);
    if (!body) return;
    auto run = known_run(services, call->request.param("id"));
    if (!run) return call->problem(run.error());
    auto once = idempotency_of(call->request);
    auto fresh = [&services, call, run = *run, body = *body, once] {
        services.reconciler.find(
            run.items_sha256, {body.external_id, body.seal, body.source.value_or("")},
            [&services, call, id = run.id, body, once](const Result<Value>& item) {
                if (item && item->text_or("class") != name_of(LineClass::matched))
                    return explain(services, call, id, body, *item);
                services.once.finished(once);
                call->problem(item ? nothing_to_explain() : item.error());
            });
    };
    auto recorded = [call](const ledger::Recorded& entry) {
        call->responder.reply(200,
                              wire::write(wire::DoneReply{static_cast<std::int64_t>(entry.seq)}));
    };
    services.once.enter(once,
                        {fresh, recorded, [call](const Error& error) { call->problem(error); }});
}

}  // namespace seals::api
