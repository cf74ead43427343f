// sealctl status: one screen; what is wrong comes with what to do about it.
#include <algorithm>

#include "commands/table.hpp"
#include "metrics.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

Style style_of_state(const std::string& state) {
    if (state == "ok") return Style::good;
    return state == "warning" ? Style::warning : Style::bad;
}

void print_head(Context& context, const Value& body) {
    auto& print = context.print;
    auto head = "sealsd " + body.text_or("version") + "  " + body.text_or("origin");
    if (body.boolean_or("simulated"))
        head += "  " + print.paint(Style::warning, context.text("status.simulated"));
    print.line(head);
    auto now = instant_of(body.find("now"));
    print.say("status.times",
              {now ? time_with_zone(*now, print.language()) : "?",
               duration_text(milliseconds{body.integer_or("uptime_ms")}, print.language())});
    print.say("status.ledger", {std::to_string(body.integer_or("ledger_size")),
                                std::to_string(body.integer_or("indexed"))});
}

void print_counts(Context& context, const Value& body) {
    static const Value kNone;
    const auto* counts = body.find("counts");
    if (counts == nullptr) counts = &kNone;
    auto number = [&](const char* name) { return std::to_string(counts->integer_or(name)); };
    context.print.say("status.counts", {std::to_string(body.integer_or("slots")), number("seals"),
                                        number("persons"), number("sessions")});
    std::string places;
    for (const char* name :
         {"in_slot", "out", "overdue", "unverified", "quarantined", "unknown", "frozen"})
        if (counts->integer_or(name) > 0)
            places += (places.empty() ? "" : ", ") +
                      context.text("status." + std::string(name), {number(name)});
    if (!places.empty()) context.print.line(places);
}

std::string time_of(Context& context, const Value& body, const char* name) {
    auto at = instant_of(body.find(name));
    return at ? context.print.at(*at) : std::string{};
}

void print_inventory(Context& context, const Value& body) {
    const auto* inventory = body.find("inventory");
    if (inventory == nullptr) return;
    auto due = time_of(context, *inventory, "due");
    auto line = inventory->text_or("last").empty()
                    ? context.text("status.no_inventory")
                    : context.text("status.inventory",
                                   {time_of(context, *inventory, "time"),
                                    std::to_string(inventory->integer_or("discrepancies"))});
    if (!due.empty()) line += context.text("status.due", {due});
    context.print.line(line);
}

// "since 14:02 (3 min)"
std::string since_text(Context& context, const Value& body, const Value& of) {
    auto since = instant_of(of.find("since"));
    auto now = instant_of(body.find("now"));
    if (!since || !now) return {};
    auto span = std::max(*now - *since, milliseconds{0});
    return context.text("status.since",
                        {context.print.at(*since), duration_text(span, context.print.language())});
}

void add_remedy(Context& context, const Value& body, const Value& of, Table& table) {
    if (auto remedy = of.text_or("remedy"); !remedy.empty())
        table.row({"", "", Cell("→ " + remedy, Style::bold),
                   Cell(since_text(context, body, of), Style::dim)});
}

void print_parts(Context& context, const Value& body) {
    const auto* parts = body.find("parts");
    if (parts == nullptr || parts->array() == nullptr) return;
    Table table({{}, {}, {{}, Align::left, true}, {}});
    for (const auto& part : *parts->array()) {
        auto state = part.text_or("state");
        table.row({Cell(context.word("state", state), style_of_state(state)),
                   context.word("part", part.text_or("part")), part.text_or("detail"), ""});
        add_remedy(context, body, part, table);
    }
    context.print.line("");
    context.print.table(table);
}

std::string subject_of(Context& context, const Value& item) {
    if (auto seal = item.text_or("seal"); !seal.empty()) return seal;
    auto slot = item.text_or("slot");
    return slot.empty() ? item.text_or("person") : context.text("note.slot", {slot});
}

// One screen: the rest is counted.
void print_attention(Context& context, const Value& body) {
    const auto* items = body.find("attention");
    if (items == nullptr || items->array() == nullptr || items->array()->empty()) return;
    constexpr std::size_t kMost = 10;
    Table table({{}, {}, {{}, Align::left, true}, {}});
    std::size_t told = 0;
    for (const auto& item : *items->array()) {
        if (++told > kMost) break;
        table.row({Cell(context.word("attention", item.text_or("kind")), Style::warning),
                   subject_of(context, item), item.text_or("detail"), ""});
        add_remedy(context, body, item, table);
    }
    context.print.line("");
    context.print.say("status.attention", {std::to_string(body.integer_or("attention_count"))});
    context.print.table(table);
    auto more = body.integer_or("attention_count") - static_cast<std::int64_t>(kMost);
    if (more > 0) context.print.say("status.more", {std::to_string(more)});
}

// For a collector of metrics: that nobody answers is worth a line, too.
int run_metrics(Context& context) {
    auto reply = context.daemon.get("/v1/status");
    if (!reply) context.print.raw(metrics_of(Value{}));
    return show_reply(context, reply,
                      [](Context& with, const Value& body) { with.print.raw(metrics_of(body)); });
}

int run_status(Context& context) {
    if (context.arguments.has("--metrics")) return run_metrics(context);
    return show_reply(context, context.daemon.get("/v1/status"),
                      [](Context& with, const Value& body) {
                          print_head(with, body);
                          print_counts(with, body);
                          print_inventory(with, body);
                          print_parts(with, body);
                          print_attention(with, body);
                      });
}

constexpr Option kStatus[] = {{"--metrics", "", "opt.metrics"}};
const Command kCommands[] = {{"status", kStatus, false, run_status}};

}  // namespace

std::span<const Command> status_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
