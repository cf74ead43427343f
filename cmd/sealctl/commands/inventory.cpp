// sealctl inventory: what lies in each slot, and whether it should.
#include <algorithm>
#include <map>

#include "commands/table.hpp"
#include "event_text.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

Style style_of_verdict(const std::string& verdict) {
    if (verdict == "present") return Style::good;
    if (verdict == "out" || verdict == "empty") return Style::plain;
    bool unsure = verdict == "present_weak" || verdict == "returned_unverified" ||
                  verdict == "unreadable" || verdict == "overdue";
    return unsure ? Style::warning : Style::bad;
}

std::map<std::string, std::string> seal_names(Context& context) {
    std::map<std::string, std::string> names;
    auto seals = fetch_list(context, {"/v1/seals"});
    if (!seals) return names;
    for (const auto& seal : *seals)
        names[seal.text_or("id")] = seal.text_or("name");
    return names;
}

void print_summary(Context& context, const Value& body) {
    const auto* summary = body.find("summary");
    if (summary == nullptr) return;
    std::string line;
    for (const auto& verdict : verdicts()) {
        auto count = summary->integer_or(verdict.name);
        if (count == 0) continue;
        auto name = std::string(verdict.name);
        auto told =
            std::to_string(count) + " " + term_text(verdicts(), name, context.print.language());
        line += (line.empty() ? "" : ", ") + context.print.paint(style_of_verdict(name), told);
    }
    context.print.line(line);
}

// "2.4"
std::string seconds_text(std::int64_t ms) {
    auto tenths = (ms + 50) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

void print_inventory(Context& context, const Value& body) {
    auto names = seal_names(context);
    Table table({{context.text("head.slot"), Align::right},
                 {context.text("head.seal")},
                 {context.text("head.name"), Align::left, true},
                 {context.text("head.verdict")}});
    const auto* items = body.find("items");
    if (items != nullptr && items->array() != nullptr)
        for (const auto& item : *items->array()) {
            auto seal = item.text_or("seal");
            auto verdict = item.text_or("verdict");
            table.row({item.text_or("slot"), seal, names[seal],
                       Cell(term_text(verdicts(), verdict, context.print.language()),
                            style_of_verdict(verdict))});
        }
    context.print.table(table);
    context.print.line("");
    print_summary(context, body);
    context.print.say("inventory.done",
                      {body.text_or("id"), seconds_text(body.integer_or("duration_ms")),
                       std::to_string(body.integer_or("seq"))});
}

int run_inventory(Context& context) {
    context.print.progress(context.text("inventory.reading"));
    auto reply = context.daemon.post("/v1/inventories", Value{Value::Object{}}, kLong);
    context.print.progress("");
    return show_reply(context, reply, print_inventory);
}

const Command kCommands[] = {{"inventory", {}, true, run_inventory}};

}  // namespace

std::span<const Command> inventory_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
