// sealctl alert: what somebody must look at, and what was done about it; and reports of jobs.
#include "wire/alert.hpp"

#include <algorithm>
#include <array>

#include "commands/table.hpp"
#include "event_text.hpp"
#include "factors.hpp"
#include "moment.hpp"
#include "reply.hpp"
#include "words/alert_types.hpp"

namespace seals::sealctl {
namespace {

constexpr std::array<std::string_view, 4> kWorstFirst{"critical", "high", "medium", "low"};

auto rank_of(const Value& alert) {
    return std::find(kWorstFirst.begin(), kWorstFirst.end(), alert.text_or("severity")) -
           kWorstFirst.begin();
}

Style style_of_severity(const std::string& severity) {
    if (severity == "critical" || severity == "high") return Style::bad;
    return severity == "medium" ? Style::warning : Style::plain;
}

// What it is about, in one cell: seal and slot, person, or the thing's name.
std::string subject_of(Context& context, const Value& alert) {
    std::vector<std::string> parts;
    auto add = [&](const std::string& part) {
        if (!part.empty()) parts.push_back(part);
    };
    auto slot = alert.text_or("slot");
    add(alert.text_or("seal"));
    add(slot.empty() ? "" : context.text("note.slot", {slot}));
    add(context.names.person(alert.text_or("person")));
    add(alert.text_or("about"));
    return joined(parts, ", ");
}

std::vector<Cell> cells_of(Context& context, const Value& alert) {
    auto language = context.print.language();
    auto severity = alert.text_or("severity");
    auto since = instant_of(alert.find("since"));
    return {alert.text_or("id"),
            Cell(context.word("severity", severity), style_of_severity(severity)),
            std::string(alert_text(language, alert.text_or("type"))),
            subject_of(context, alert),
            since ? context.print.at(*since) : "",
            std::to_string(alert.integer_or("count")),
            term_text(alert_states(), alert.text_or("state"), language)};
}

Table alert_table(Context& context) {
    return Table({{context.text("head.id")},
                  {context.text("head.severity")},
                  {context.text("head.alert"), Align::left, true},
                  {context.text("head.about"), Align::left, true},
                  {context.text("head.since")},
                  {context.text("head.count"), Align::right},
                  {context.text("head.state")}});
}

int run_list(Context& context) {
    Listing listing{"/v1/alerts",
                    {{"all", context.arguments.has("--all") ? "1" : ""},
                     {"type", context.arguments.one("--type")}}};
    auto table = alert_table(context);
    auto cells = [&](const Value& alert) { return cells_of(context, alert); };
    if (context.print.json()) return show_list(context, listing, table, cells);
    auto alerts = fetch_list(context, std::move(listing));
    if (!alerts) return fail(context, alerts.error());
    std::stable_sort(alerts->begin(), alerts->end(),
                     [](const Value& a, const Value& b) { return rank_of(a) < rank_of(b); });
    for (const auto& alert : *alerts)
        table.row(cells(alert));
    if (table.empty()) context.print.say("list.none");
    context.print.table(table);
    return 0;
}

void print_alert(Context& context, const Value& alert) {
    auto language = context.print.language();
    auto severity = alert.text_or("severity");
    auto type = alert.text_or("type");
    auto time = [&](const char* name) {
        auto at = instant_of(alert.find(name));
        return at ? time_with_zone(*at, language) : "";
    };
    Facts(context)
        .add("head.id", alert.text_or("id"))
        .add("head.alert", std::string(alert_text(language, type)) + " (" + type + ")")
        .add("head.severity", context.word("severity", severity), style_of_severity(severity))
        .add("head.state", term_text(alert_states(), alert.text_or("state"), language))
        .add("head.about", subject_of(context, alert))
        .add("head.since", time("since"))
        .add("fact.last", alert.integer_or("count") > 1 ? time("last") : "")
        .add("head.count", std::to_string(alert.integer_or("count")))
        .add("fact.session", alert.text_or("session"))
        .add("fact.assigned", context.names.person(alert.text_or("assigned")))
        .add("fact.reason", alert.text_or("reason"))
        .add("fact.remedy", std::string(alert_remedy(language, type)), Style::bold)
        .print();
}

int run_show(Context& context) {
    auto path = client::path_of("/v1/alerts/{}", {context.arguments.one("ID")});
    return show_thing(context, context.daemon.get(path), print_alert);
}

// The person of --person with his PIN, when one is named.
Result<std::optional<wire::Acting>> actor_of(Context& context) {
    auto person = context.arguments.maybe("--person");
    if (!person) return std::optional<wire::Acting>{};
    auto acting = acting_of(context, {*person});
    if (!acting) return acting.error();
    return std::optional(std::move(acting->front()));
}

template <wire::Struct C>
int act(Context& context, C call, const char* verb, const char* told) {
    auto by = actor_of(context);
    if (!by) return fail(context, by.error());
    call.by = std::move(*by);
    auto body = wire::write(call);
    if (call.by)
        for (auto& factor : call.by->factors)
            wipe(factor.value);
    auto id = context.arguments.one("ID");
    auto path = client::path_of("/v1/alerts/{}/", {id}) + verb;
    auto reply = context.daemon.post(path, std::move(body));
    return show_reply(context, reply, [told](Context& with, const Value& alert) {
        with.print.say(told, {alert.text_or("id"), with.names.person(alert.text_or("assigned"))});
    });
}

int run_ack(Context& context) {
    return act(context, wire::AlertAckCall{}, "ack", "alert.is_acked");
}
int run_assign(Context& context) {
    return act(context, wire::AlertAssignCall{context.arguments.one("--to"), {}}, "assign",
               "alert.is_assigned");
}
int run_close(Context& context) {
    return act(context, wire::AlertCloseCall{context.arguments.one("--reason"), {}}, "close",
               "alert.is_closed");
}

// "90s", "15m", "1h", "7d", "0".
std::optional<std::int64_t> period_ms(const std::string& text) {
    constexpr std::array<std::pair<char, std::int64_t>, 4> kUnits{
        {{'s', 1'000}, {'m', 60'000}, {'h', 3'600'000}, {'d', 86'400'000}}};
    constexpr std::size_t kDigits = 6;
    if (text == "0") return 0;
    if (text.size() < 2 || text.size() > kDigits + 1) return std::nullopt;
    std::int64_t n = 0;
    for (char c : text.substr(0, text.size() - 1)) {
        if (c < '0' || c > '9') return std::nullopt;
        n = n * 10 + (c - '0');
    }
    for (const auto& [unit, ms] : kUnits)
        if (text.back() == unit) return n * ms;
    return std::nullopt;
}

int run_heartbeat(Context& context) {
    auto job = context.arguments.one("NAME");
    auto every = context.arguments.one("--every");
    auto ms = period_ms(every);
    if (!ms) return wrong_usage(context, "usage.period", {every});
    auto reply = context.daemon.post("/v1/heartbeats", wire::write(wire::HeartbeatCall{job, *ms}));
    return show_reply(context, reply, [&](Context& with, const Value& done) {
        with.print.say(*ms == 0 ? "alert.forgotten" : "alert.reported",
                       {job, std::to_string(done.integer_or("seq"))});
    });
}

constexpr Option kList[] = {{"--all", "", "opt.all.alert"}, {"--type", "TYPE", "opt.type.alert"}};
constexpr Option kId[] = {{"ID", "", "opt.id.alert", true}};
constexpr Option kAck[] = {{"ID", "", "opt.id.alert", true},
                           {"--person", "ID", "opt.person.alert"},
                           {"--pin-file", "FILE", "opt.pin_file"},
                           {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kAssign[] = {{"ID", "", "opt.id.alert", true},
                              {"--to", "ID", "opt.to.alert", true},
                              {"--person", "ID", "opt.person.alert"},
                              {"--pin-file", "FILE", "opt.pin_file"},
                              {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kClose[] = {{"ID", "", "opt.id.alert", true},
                             {"--reason", "TEXT", "opt.reason.alert", true},
                             {"--person", "ID", "opt.person.alert"},
                             {"--pin-file", "FILE", "opt.pin_file"},
                             {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kHeartbeat[] = {{"NAME", "", "opt.job", true},
                                 {"--every", "PERIOD", "opt.every", true}};
const Command kCommands[] = {
    {"alert list", kList, false, run_list},   {"alert show", kId, false, run_show},
    {"alert ack", kAck, true, run_ack},       {"alert assign", kAssign, true, run_assign},
    {"alert close", kClose, true, run_close}, {"alert heartbeat", kHeartbeat, true, run_heartbeat}};

}  // namespace

std::span<const Command> alert_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
