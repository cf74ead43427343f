// sealctl outbox: results of requests that their source was not told of yet, and what persons do
// about them.
#include "commands/table.hpp"
#include "event_text.hpp"
#include "factors.hpp"
#include "reply.hpp"
#include "wire/ending.hpp"

namespace seals::sealctl {
namespace {

const Value& member(const Value& of, const char* name) {
    static const Value kNone{Value::Object{}};
    const auto* found = of.find(name);
    return found != nullptr && found->object() != nullptr ? *found : kNone;
}

const Value::Array& items_of(const Value& of, const char* name) {
    static const Value::Array kNone;
    const auto* found = of.find(name);
    return found != nullptr && found->array() != nullptr ? *found->array() : kNone;
}

std::string standing_of(const Value& ending) {
    if (ending.boolean_or("dead")) return "dead";
    if (ending.boolean_or("waits")) return ending.integer_or("attempts") > 0 ? "fails" : "waits";
    if (ending.boolean_or("waived")) return "waived";
    if (ending.integer_or("told") == ending.integer_or("revision")) return "told";
    return ending.boolean_or("closed") ? "closed" : "number";
}

Cell standing_cell(Context& context, const Value& ending) {
    auto standing = standing_of(ending);
    auto style = standing == "dead"    ? Style::bad
                 : standing == "fails" ? Style::warning
                 : standing == "told"  ? Style::good
                                       : Style::plain;
    return {context.text("state.report_" + standing), style};
}

std::string outcome_text(Context& context, const Value& of) {
    return term_text(request_outcomes(), of.text_or("outcome"), context.print.language());
}

int run_list(Context& context) {
    Listing listing{"/v1/outbox"};
    if (context.arguments.has("--dead")) listing.query = {{"dead", "1"}};
    Table table({{context.text("head.request")},
                 {context.text("head.source")},
                 {context.text("head.external_id")},
                 {context.text("head.outcome")},
                 {context.text("head.since")},
                 {context.text("head.state")},
                 {context.text("head.attempts"), Align::right},
                 {context.text("head.failure"), Align::left, true}});
    return show_list(context, listing, table, [&](const Value& item) -> std::vector<Cell> {
        const auto& ending = member(item, "ending");
        return {item.text_or("request"),
                item.text_or("source"),
                item.text_or("external_id"),
                outcome_text(context, ending),
                time_of(context, ending.find("since")),
                standing_cell(context, ending),
                std::to_string(ending.integer_or("attempts")),
                ending.text_or("failure")};
    });
}

// "2", or "2 + 1" where some are across the edges of several pages.
std::string count_text(const Value& of, const std::string& name) {
    auto across = of.integer_or(name == "count" ? "cross_page" : name + "_cross_page");
    auto text = std::to_string(of.integer_or(name));
    return across == 0 ? text : text + " + " + std::to_string(across);
}

void print_lines(Context& context, const Value& result) {
    Table table({{context.text("head.seal")},
                 {context.text("head.name"), Align::left, true},
                 {context.text("head.granted"), Align::right},
                 {context.text("head.used"), Align::right},
                 {context.text("head.cancelled"), Align::right},
                 {context.text("head.excess"), Align::right}});
    for (const auto& line : items_of(result, "lines")) {
        auto seal = line.text_or("seal");
        table.row({seal, context.names.seal_name(seal), count_text(line, "granted"),
                   count_text(line, "used"), count_text(line, "cancelled"),
                   count_text(line, "excess")});
    }
    context.print.line("");
    context.print.table(table);
}

void print_uses(Context& context, const Value& result) {
    Table table({{context.text("head.use")},
                 {context.text("head.time")},
                 {context.text("head.seal")},
                 {context.text("head.stamped_by")},
                 {context.text("head.witness")},
                 {context.text("head.impressions"), Align::right},
                 {context.text("head.exceptions"), Align::left, true}});
    for (const auto& use : items_of(result, "uses"))
        table.row({use.text_or("id"), time_of(context, use.find("at")), use.text_or("seal"),
                   context.names.person(use.text_or("by")),
                   context.names.person(use.text_or("witness")), count_text(use, "count"),
                   use.text_or("exceptions")});
    if (table.empty()) return;
    context.print.line("");
    context.print.table(table);
    if (auto left_out = result.integer_or("uses_left_out"); left_out > 0)
        context.print.say("note.uses_left_out", {std::to_string(left_out)});
}

void print_result(Context& context, const Value& result, const Value& ending) {
    auto ended = instant_of(result.find("ended"));
    const auto& ledger = member(result, "ledger");
    Facts(context)
        .add("head.request", result.text_or("request"))
        .add("fact.source", result.text_or("source"))
        .add("head.external_id", result.text_or("external_id"))
        .add("fact.matched", member(result, "matched").text_or("external_id"))
        .add("fact.outcome", outcome_text(context, result))
        .add("fact.ended", ended ? time_with_zone(*ended, context.print.language()) : "")
        .add("fact.early", result.text_or("reason"))
        .add("fact.revision", std::to_string(result.integer_or("revision")))
        .add("fact.key", result.text_or("idempotency_key"))
        .add("fact.told", context.text("state.report_" + standing_of(ending)))
        .add("head.attempts", std::to_string(ending.integer_or("attempts")))
        .add("fact.failure", ending.text_or("failure"))
        .add("fact.receipt", ending.text_or("receipt"))
        .add("fact.ledger",
             std::to_string(ledger.integer_or("size")) + "  " + ledger.text_or("root"))
        .print();
    print_lines(context, result);
    print_uses(context, result);
}

int run_show(Context& context) {
    auto id = context.arguments.one("ID");
    auto result = context.daemon.get(client::path_of("/v1/requests/{}/result", {id}));
    if (context.print.json() || !result || result->problem)
        return show_thing(context, result, [](Context&, const Value&) {});
    auto request = context.daemon.get(client::path_of("/v1/requests/{}", {id}));
    return show_thing(context, request, [&](Context& with, const Value& body) {
        print_result(with, result->body, member(body, "ending"));
    });
}

int told(Context& context, const char* verb, Value body, const char* text) {
    auto id = context.arguments.one("ID");
    auto path = client::path_of(std::string("/v1/requests/{}/") + verb, {id});
    return show_reply(context, context.daemon.post(path, std::move(body)),
                      [&](Context& with, const Value& reply) {
                          with.print.say(text, {id, std::to_string(reply.integer_or("seq"))});
                      });
}

int run_retry(Context& context) {
    wire::ReportAgainCall call{context.arguments.maybe("--reason")};
    return told(context, "retry", wire::write(call), "act.report_again");
}

int run_waive(Context& context) {
    auto acting = acting_of(context, {context.arguments.one("--person")});
    if (!acting) return fail(context, acting.error());
    wire::WaiveCall call{context.arguments.one("--reason"), acting->front()};
    wipe(*acting);
    auto body = wire::write(call);
    for (auto& factor : call.by.factors)
        wipe(factor.value);
    return told(context, "waive", std::move(body), "act.report_waived");
}

constexpr Option kList[] = {{"--dead", "", "opt.dead"}};
constexpr Option kShow[] = {{"ID", "", "opt.id.request", true}};
constexpr Option kRetry[] = {{"ID", "", "opt.id.request", true},
                             {"--reason", "TEXT", "opt.reason.retry"}};
constexpr Option kWaive[] = {{"ID", "", "opt.id.request", true},
                             {"--person", "ID", "opt.person.waive", true},
                             {"--reason", "TEXT", "opt.reason.waive", true},
                             {"--pin-file", "FILE", "opt.pin_file"},
                             {"--pin-fd", "N", "opt.pin_fd"}};
const Command kCommands[] = {{"outbox list", kList, false, run_list},
                             {"outbox show", kShow, false, run_show},
                             {"outbox retry", kRetry, true, run_retry},
                             {"outbox waive", kWaive, true, run_waive}};

}  // namespace

std::span<const Command> outbox_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
