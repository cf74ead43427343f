// sealctl inventory: what lies in each slot, and whether it should; the counts so far.
#include "wire/inventory.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "blind_file.hpp"
#include "commands/table.hpp"
#include "event_text.hpp"
#include "factors.hpp"
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

Style style_of_result(const std::string& result) {
    if (result == "agrees") return Style::plain;
    return result == "unproved" ? Style::warning : Style::bad;
}

std::map<std::string, std::string> seal_names(Context& context) {
    std::map<std::string, std::string> names;
    auto seals = fetch_list(context, {"/v1/seals"});
    if (!seals) return names;
    for (const auto& seal : *seals)
        names[seal.text_or("id")] = seal.text_or("name");
    return names;
}

std::int64_t counted(const Value& body, std::string_view verdict) {
    const auto* summary = body.find("summary");
    return summary == nullptr ? 0 : summary->integer_or(verdict);
}

void print_summary(Context& context, const Value& body) {
    std::string line;
    for (const auto& verdict : verdicts()) {
        auto count = counted(body, verdict.name);
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

std::string entered_text(Context& context, const Value& item) {
    const auto* entered = item.find("entered");
    if (entered == nullptr || entered->string() == nullptr) return context.text("inventory.no_row");
    return entered->string()->empty() ? context.text("inventory.nothing") : *entered->string();
}

std::vector<Cell> cells_of(Context& context, const Value& item,
                           std::map<std::string, std::string>& names, bool blind) {
    auto language = context.print.language();
    auto seal = item.text_or("seal");
    auto verdict = item.text_or("verdict");
    auto told = term_text(verdicts(), verdict, language);
    if (item.boolean_or("busy")) told += " (" + context.text("inventory.busy") + ")";
    std::vector<Cell> cells{item.text_or("slot"), seal, names[seal]};
    if (blind) cells.emplace_back(entered_text(context, item));
    cells.emplace_back(told, style_of_verdict(verdict));
    if (!blind) return cells;
    auto result = item.text_or("result");
    cells.emplace_back(term_text(blind_results(), result, language), style_of_result(result));
    return cells;
}

void print_items(Context& context, const Value& body) {
    auto names = seal_names(context);
    bool blind = body.boolean_or("blind");
    std::vector<Column> columns{{context.text("head.slot"), Align::right},
                                {context.text(blind ? "head.expected" : "head.seal")},
                                {context.text("head.name"), Align::left, true}};
    if (blind) columns.push_back({context.text("head.entered")});
    columns.push_back({context.text("head.verdict")});
    if (blind) columns.push_back({context.text("head.result")});
    Table table(columns);
    const auto* items = body.find("items");
    if (items != nullptr && items->array() != nullptr)
        for (const auto& item : *items->array())
            table.row(cells_of(context, item, names, blind));
    context.print.table(table);
    context.print.line("");
    print_summary(context, body);
}

void print_blind(Context& context, const Value& body) {
    if (!body.boolean_or("blind")) return;
    auto wrong = body.integer_or("mismatches");
    auto slots = std::to_string(body.integer_or("slots"));
    if (wrong == 0) return context.print.say("inventory.matches", {slots});
    context.print.say("inventory.mismatches", {std::to_string(wrong), slots});
    context.print.say("inventory.recount", {body.text_or("id")});
}

void print_inventory(Context& context, const Value& body) {
    print_items(context, body);
    print_blind(context, body);
    context.print.say("inventory.done",
                      {body.text_or("id"), seconds_text(body.integer_or("duration_ms")),
                       std::to_string(body.integer_or("seq"))});
}

void print_brief(Context& context, const Value& body) {
    auto number = [&](const char* name) { return std::to_string(body.integer_or(name)); };
    auto present = counted(body, "present") + counted(body, "present_weak");
    auto out = counted(body, "out") + counted(body, "overdue");
    context.print.say(body.boolean_or("blind") ? "inventory.brief.blind" : "inventory.brief",
                      {body.text_or("id"), number("slots"), std::to_string(present),
                       std::to_string(out), number("discrepancies"),
                       seconds_text(body.integer_or("duration_ms")), number("mismatches")});
}

void print_step(Context& context, const Value& line) {
    context.print.progress(context.text(
        "inventory.step",
        {line.text_or("slot"),
         term_text(verdicts(), line.text_or("verdict"), context.print.language()),
         std::to_string(line.integer_or("read")), std::to_string(line.integer_or("slots"))}));
}

// A stream that ended with a problem, as the problem that a reply without one would have been.
Result<Reply> whole(Result<Reply> end) {
    if (end && !end->problem && end->body.find("detail") != nullptr)
        end->problem = client::error_of(end->body, 0);
    return end;
}

// On a terminal each slot is told as it is read.
Result<Reply> count(Context& context, Value body) {
    if (!context.print.shows_progress())
        return context.daemon.post("/v1/inventories", std::move(body), kLong);
    context.print.progress(context.text("inventory.reading"));
    auto end = context.daemon.post_follow("/v1/inventories?follow=1", std::move(body),
                                          [&](const Value& line, std::string_view) {
                                              if (line.find("read") != nullptr)
                                                  print_step(context, line);
                                              return true;
                                          });
    context.print.progress("");
    return whole(std::move(end));
}

// Of a baseline: the one who counts, then the witnesses; all their PINs are asked for first.
struct Party {
    std::vector<wire::Factor> counter;
    std::vector<wire::Acting> witnesses;
};

Result<Party> party_of(Context& context) {
    std::vector<std::string> persons{context.arguments.one("--person")};
    for (const auto& witness : context.arguments.all("--witness"))
        persons.push_back(witness);
    auto acting = acting_of(context, persons);
    if (!acting) return acting.error();
    Party party;
    party.counter = std::move(acting->front().factors);
    party.witnesses.assign(std::make_move_iterator(acting->begin() + 1),
                           std::make_move_iterator(acting->end()));
    return party;
}

Result<Value> body_of(Context& context, const std::vector<wire::Factor>& given = {}) {
    wire::InventoryCall call;
    call.person = context.arguments.maybe("--person");
    call.since_last = context.arguments.has("--since-last");
    call.recount = context.arguments.maybe("--recount");
    if (auto file = context.arguments.maybe("--blind")) {
        auto rows = blind_rows_in_file(*file, context.print);
        if (!rows) return rows.error();
        call.blind = std::move(*rows);
    }
    if (!call.person) return wire::write(call);
    call.factors = given;
    if (given.empty()) {
        auto factors = factors_of(context, *call.person);
        if (!factors) return factors.error();
        call.factors = std::move(*factors);
    }
    auto body = wire::write(call);
    for (auto& factor : call.factors)
        wipe(factor.value);
    return body;
}

void print_baseline(Context& context, const Value& body) {
    context.print.say("inventory.baseline",
                      {std::to_string(body.texts_or("seals").size()), body.text_or("inventory"),
                       joined(body.texts_or("witnesses")), std::to_string(body.integer_or("seq"))});
}

// Two calls, the second under a key of its own made from the first's, so that a retry of the
// command repeats both.
int run_baseline(Context& context) {
    const auto& arguments = context.arguments;
    if (arguments.all("--witness").size() != 2 || !arguments.has("--person"))
        return wrong_usage(context, "usage.baseline_persons");
    if (arguments.has("--since-last") || arguments.has("--recount"))
        return wrong_usage(context, "usage.baseline_full");
    auto party = party_of(context);
    if (!party) return fail(context, party.error());
    auto body = body_of(context, party->counter);
    for (auto& factor : party->counter)
        wipe(factor.value);
    if (!body) return fail(context, body.error());
    auto counted = count(context, std::move(*body));
    bool fine = counted && !counted->problem && counted->body.text_or("code") == "ok";
    if (!fine) return show_reply(context, counted, print_inventory);
    if (!context.print.json()) print_inventory(context, counted->body);
    wire::BaselineCall call{std::move(party->witnesses)};
    auto second = wire::write(call);
    wipe(call.witnesses);
    auto settings = context.settings;
    settings.key = context.daemon.key().substr(0, 118) + ".baseline";
    Daemon daemon(settings);
    auto path = client::path_of("/v1/inventories/{}/baseline", {counted->body.text_or("id")});
    return show_reply(context, daemon.post(path, std::move(second)), print_baseline);
}

int run_inventory(Context& context) {
    const auto& arguments = context.arguments;
    if (arguments.has("--baseline")) return run_baseline(context);
    if (arguments.has("--witness")) return wrong_usage(context, "usage.witness_baseline");
    if (arguments.has("--recount") && !arguments.has("--blind"))
        return wrong_usage(context, "usage.recount_blind");
    if (arguments.has("--blind") && !arguments.has("--person"))
        return wrong_usage(context, "usage.blind_person");
    auto body = body_of(context);
    if (!body) return fail(context, body.error());
    auto reply = count(context, std::move(*body));
    return show_reply(context, reply, arguments.has("--brief") ? print_brief : print_inventory);
}

std::string kind_text(Context& context, const Value& item) {
    bool recount = !item.text_or("recount_of").empty();
    auto text = context.text(recount                         ? "inventory.kind.recount"
                             : item.boolean_or("since_last") ? "inventory.kind.since_last"
                                                             : "inventory.kind.full");
    return item.boolean_or("blind") ? text + ", " + context.text("inventory.kind.blind") : text;
}

std::string counter_of(Context& context, const Value& item) {
    auto person = item.text_or("person");
    return person.empty() ? context.text("inventory.machine") : context.names.person(person);
}

Style style_of_count(std::int64_t count) {
    return count > 0 ? Style::bad : Style::plain;
}

std::vector<Cell> history_cells(Context& context, const Value& item) {
    auto at = instant_of(item.find("time"));
    auto wrong = item.integer_or("discrepancies"), differs = item.integer_or("mismatches");
    return {item.text_or("id"),
            at ? context.print.at(*at) : "",
            kind_text(context, item),
            counter_of(context, item),
            std::to_string(item.integer_or("slots")),
            Cell(std::to_string(wrong), style_of_count(wrong)),
            Cell(item.boolean_or("blind") ? std::to_string(differs) : "", style_of_count(differs)),
            seconds_text(item.integer_or("duration_ms"))};
}

int run_list(Context& context) {
    auto limit = context.arguments.maybe("--limit").value_or("50");
    int number = 0;
    auto parsed = std::from_chars(limit.data(), limit.data() + limit.size(), number);
    if (parsed.ptr != limit.data() + limit.size() || number < 1 || number > 500)
        return wrong_usage(context, "usage.limit", {limit});
    auto reply = context.daemon.get("/v1/inventories?limit=" + std::to_string(number));
    return show_thing(context, reply, [](Context& with, const Value& body) {
        Table table({{with.text("head.id")},
                     {with.text("head.time")},
                     {with.text("fact.kind")},
                     {with.text("head.counter"), Align::left, true},
                     {with.text("head.slots"), Align::right},
                     {with.text("head.discrepancies"), Align::right},
                     {with.text("head.mismatches"), Align::right},
                     {with.text("head.seconds"), Align::right}});
        const auto* items = body.find("items");
        if (items != nullptr && items->array() != nullptr)
            for (const auto& item : *items->array())
                table.row(history_cells(with, item));
        if (table.empty()) with.print.note(with.text("list.none"));
        with.print.table(table);
    });
}

int run_show(Context& context) {
    auto path = client::path_of("/v1/inventories/{}", {context.arguments.one("ID")});
    return show_thing(context, context.daemon.get(path), [](Context& with, const Value& body) {
        auto at = instant_of(body.find("time"));
        Facts(with)
            .add("head.id", body.text_or("id"))
            .add("fact.kind", kind_text(with, body))
            .add("fact.node", body.text_or("node"))
            .add("fact.time", at ? time_with_zone(*at, with.print.language()) : "")
            .add("head.counter", counter_of(with, body))
            .add("fact.recount_of", body.text_or("recount_of"))
            .add("fact.recounts", joined(body.texts_or("recounts")))
            .add("fact.duration", seconds_text(body.integer_or("duration_ms")) + ", " +
                                      seconds_text(body.integer_or("slot_max_ms")))
            .print();
        with.print.line("");
        print_items(with, body);
        print_blind(with, body);
    });
}

constexpr Option kCount[] = {{"--person", "ID", "opt.person.count"},
                             {"--pin-file", "FILE", "opt.pin_file"},
                             {"--pin-fd", "N", "opt.pin_fd"},
                             {"--blind", "FILE", "opt.blind"},
                             {"--recount", "ID", "opt.recount"},
                             {"--since-last", "", "opt.since_last"},
                             {"--brief", "", "opt.brief"},
                             {"--baseline", "", "opt.baseline"},
                             {"--witness", "ID", "opt.witness.baseline", false, true}};
constexpr Option kList[] = {{"--limit", "N", "opt.limit.inventory"}};
constexpr Option kId[] = {{"ID", "", "opt.id.inventory", true}};
const Command kCommands[] = {{"inventory", kCount, true, run_inventory},
                             {"inventory list", kList, false, run_list},
                             {"inventory show", kId, false, run_show}};

}  // namespace

std::span<const Command> inventory_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
