#include "commands/import.hpp"

#include <algorithm>

#include "reply.hpp"
#include "sending.hpp"
#include "wire/calls.hpp"

namespace seals::sealctl {
namespace {

// In the order of the file: records that only the rules refused come after the others.
std::vector<const Value*> in_order(const Value::Array& items) {
    std::vector<const Value*> sorted;
    for (const auto& item : items)
        sorted.push_back(&item);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Value* a, const Value* b) {
        return a->integer_or("record") < b->integer_or("record");
    });
    return sorted;
}

// The reason may begin with the field, which has a column of its own.
std::string reason_of(const Value& item) {
    auto reason = item.text_or("reason");
    auto field = item.text_or("field") + ": ";
    return reason.starts_with(field) ? reason.substr(field.size()) : reason;
}

}  // namespace

void print_refused(Context& context, const Value& body, std::int64_t count) {
    const auto* refused = body.find("refused");
    if (count == 0 || refused == nullptr || refused->array() == nullptr) return;
    context.print.line("");
    context.print.line(
        context.print.paint(Style::bad, context.text("import.refused", {std::to_string(count)})));
    Table table({{context.text("head.line"), Align::right},
                 {context.text("head.record"), Align::right},
                 {context.text("head.field")},
                 {context.text("head.reason"), Align::left, true}});
    for (const auto* item : in_order(*refused->array()))
        table.row({std::to_string(item->integer_or("line")),
                   std::to_string(item->integer_or("record")), item->text_or("field"),
                   reason_of(*item)});
    context.print.table(table);
    auto shown = static_cast<std::int64_t>(refused->array()->size());
    if (shown < count) context.print.say("import.more", {std::to_string(count - shown)});
}

namespace {

void print_conflicts(Context& context, const Value& body) {
    const auto* conflicts = body.find("conflicts");
    auto count = body.integer_or("conflict_count");
    if (count == 0 || conflicts == nullptr || conflicts->array() == nullptr) return;
    context.print.line("");
    context.print.line(
        context.print.paint(Style::bad, context.text("import.conflicts", {std::to_string(count)})));
    Table table({{context.text("head.line"), Align::right},
                 {context.text("head.record"), Align::right},
                 {context.text("head.key")},
                 {context.text("head.differs"), Align::left, true}});
    for (const auto* item : in_order(*conflicts->array()))
        table.row({std::to_string(item->integer_or("line")),
                   std::to_string(item->integer_or("record")), item->text_or("external_id"),
                   item->text_or("field")});
    context.print.table(table);
    auto shown = static_cast<std::int64_t>(conflicts->array()->size());
    if (shown < count) context.print.say("import.more", {std::to_string(count - shown)});
}

void print_import(Context& context, const Value& body) {
    auto number = [&](const char* name) { return std::to_string(body.integer_or(name)); };
    if (body.boolean_or("dry_run")) context.print.say("import.dry_run");
    context.print.say("import.counts", {number("accepted"), number("unchanged"),
                                        number("withdrawn"), number("left_out")});
    print_refused(context, body, body.integer_or("refused_count"));
    print_conflicts(context, body);
}

Result<wire::ImportCall> call_of(Context& context, const char* kind) {
    wire::ImportCall call;
    call.kind = kind;
    call.format = context.arguments.maybe("--format");
    call.source = context.arguments.maybe("--source");
    call.dry_run = context.arguments.has("--dry-run");
    if (auto map = context.arguments.maybe("--map")) {
        auto text = map_text(*map);
        if (!text) return text.error();
        call.map = std::move(*text);
    }
    return call;
}

}  // namespace

int run_import(Context& context, const char* kind) {
    auto call = call_of(context, kind);
    if (!call) return fail(context, call.error());
    auto sent = send_file(context, context.arguments.one("FILE"));
    if (!sent) return fail(context, sent.error());
    call->sha256 = sent->sha256;
    context.print.progress(context.text("import.reading"));
    auto reply = context.daemon.post("/v1/imports", wire::write(*call), kLong);
    context.print.progress("");
    return show_reply(context, reply, print_import);
}

}  // namespace seals::sealctl
