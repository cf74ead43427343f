// sealctl reconcile: an export of the OA against the ledger, and why its lines are as they are.
#include "commands/table.hpp"
#include "reconcile_lines.hpp"
#include "reply.hpp"
#include "sending.hpp"
#include "wire/reconciliation.hpp"

namespace seals::sealctl {
namespace {

std::optional<Instant> moment(Context& context, const std::string& name, Edge edge) {
    return time_from(context.arguments.one(name), context.print.language(), edge);
}

Result<wire::ReconcileCall> call_of(Context& context, Instant from, Instant to) {
    wire::ReconcileCall call;
    call.format = context.arguments.maybe("--format");
    call.source = context.arguments.maybe("--source");
    call.from = from;
    call.to = to;
    if (auto map = context.arguments.maybe("--map")) {
        auto text = map_text(*map);
        if (!text) return text.error();
        call.map = std::move(*text);
    }
    return call;
}

// The reply's code decides the exit status, once all of it is printed.
int print_reply(Context& context, const Result<Reply>& reply, bool by_code) {
    if (!reply || reply->problem) return show_reply(context, reply, {});
    if (int exit = print_reconciliation(context, reply->body); exit != 0) return exit;
    bool left = by_code && reply->body.text_or("code") == row_of(Code::no).name;
    return left ? row_of(Code::no).exit : 0;
}

int run_reconcile(Context& context) {
    auto from = moment(context, "--from", Edge::start);
    auto to = moment(context, "--to", Edge::end);
    if (!from || !to)
        return wrong_usage(context, "usage.time",
                           {context.arguments.one(from ? "--to" : "--from")});
    auto call = call_of(context, *from, *to);
    if (!call) return fail(context, call.error());
    auto sent = send_file(context, context.arguments.one("FILE"));
    if (!sent) return fail(context, sent.error());
    call->sha256 = sent->sha256;
    context.print.progress(context.text("reconcile.comparing"));
    auto reply = context.daemon.post("/v1/reconciliations", wire::write(*call), kLong);
    context.print.progress("");
    return print_reply(context, reply, true);
}

int run_show(Context& context) {
    auto path = client::path_of("/v1/reconciliations/{}", {context.arguments.one("ID")});
    return print_reply(context, context.daemon.get(client::with_query(path, {{"limit", "200"}})),
                       false);
}

int run_list(Context& context) {
    Table table({{context.text("head.id")},
                 {context.text("head.at")},
                 {context.text("head.source")},
                 {context.text("head.period_from")},
                 {context.text("head.period_to")},
                 {context.text("head.items"), Align::right},
                 {context.text("head.lines_explained"), Align::right},
                 {context.text("head.lines_open"), Align::right}});
    return show_list(
        context, {"/v1/reconciliations"}, table, [&](const Value& run) -> std::vector<Cell> {
            auto time = [&](const char* name) {
                auto at = instant_of(run.find(name));
                return at ? context.print.at(*at) : std::string{};
            };
            auto total = [&](const char* name) {
                const auto* totals = run.find("totals");
                return totals != nullptr ? totals->integer_or(name) : 0;
            };
            return {
                run.text_or("id"),
                time("at"),
                run.text_or("source"),
                time("from"),
                time("to"),
                std::to_string(total("items")),
                std::to_string(total("explained")),
                Cell(std::to_string(total("open")), total("open") > 0 ? Style::bad : Style::plain)};
        });
}

int run_explain(Context& context) {
    wire::LineExplainCall call{context.arguments.one("--request"), context.arguments.one("--seal"),
                               context.arguments.one("--reason"),
                               context.arguments.maybe("--source")};
    auto path = client::path_of("/v1/reconciliations/{}/explain", {context.arguments.one("ID")});
    return show_reply(context, context.daemon.post(path, wire::write(call)),
                      [](Context& told, const Value& body) {
                          auto seq = body.integer_or("seq");
                          if (seq == 0) return told.print.say("reconcile.unchanged");
                          told.print.say("reconcile.explained", {std::to_string(seq)});
                      });
}

constexpr Option kReconcile[] = {{"FILE", "", "opt.file", true},
                                 {"--from", "TIME", "opt.from.period", true},
                                 {"--to", "TIME", "opt.to.period", true},
                                 {"--source", "NAME", "opt.source"},
                                 {"--map", "FILE", "opt.map"},
                                 {"--format", "auto|csv|json|ndjson", "opt.format"},
                                 {"--csv", "", "opt.csv"},
                                 {"--all", "", "opt.all.reconcile"}};
constexpr Option kExplain[] = {{"ID", "", "opt.id.reconcile", true},
                               {"--request", "ID", "opt.request.explain", true},
                               {"--seal", "ID", "opt.seal.explain", true},
                               {"--reason", "TEXT", "opt.reason.explain", true},
                               {"--source", "NAME", "opt.source.explain"}};
constexpr Option kShow[] = {{"ID", "", "opt.id.reconcile", true},
                            {"--csv", "", "opt.csv"},
                            {"--all", "", "opt.all.reconcile"}};
const Command kCommands[] = {{"reconcile", kReconcile, true, run_reconcile},
                             {"reconcile explain", kExplain, true, run_explain},
                             {"reconcile list", {}, false, run_list},
                             {"reconcile show", kShow, false, run_show}};

}  // namespace

std::span<const Command> reconcile_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
