// sealctl seal: import, list, show, find.
#include "commands/import.hpp"
#include "commands/table.hpp"
#include "event_text.hpp"
#include "find.hpp"
#include "reply.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

Style style_of_custody(const std::string& custody) {
    if (custody == "in_slot" || custody == "in_hand") return Style::plain;
    return custody == "returned_unverified" ? Style::warning : Style::bad;
}

// "在手: 何涵(E1038)": with whom it is, when it is out.
std::string place_of(Context& context, const Value& seal) {
    auto place = term_text(custodies(), seal.text_or("custody"), context.print.language());
    const auto* loan = seal.find("loan");
    if (loan == nullptr || loan->is_null()) return place;
    return place + ": " + context.names.person(loan->text_or("person"));
}

Table seal_table(Context& context) {
    return Table({{context.text("head.id")},
                  {context.text("head.name"), Align::left, true},
                  {context.text("head.entity"), Align::left, true},
                  {context.text("head.slot"), Align::right},
                  {context.text("head.state")},
                  {context.text("head.custody")}});
}

std::vector<Cell> cells_of(Context& context, const Value& seal) {
    return {seal.text_or("id"),
            seal.text_or("name"),
            seal.text_or("entity"),
            seal.text_or("slot"),
            term_text(seal_states(), seal.text_or("state"), context.print.language()),
            Cell(place_of(context, seal), style_of_custody(seal.text_or("custody")))};
}

int run_list(Context& context) {
    auto table = seal_table(context);
    Listing listing{"/v1/seals"};
    if (context.arguments.has("--all")) listing.query = {{"all", "1"}};
    return show_list(context, listing, table,
                     [&](const Value& seal) { return cells_of(context, seal); });
}

void add_loan(Context& context, Facts& facts, const Value& seal) {
    const auto* loan = seal.find("loan");
    if (loan == nullptr || loan->is_null()) return;
    auto since = instant_of(loan->find("since"));
    auto due = instant_of(loan->find("due"));
    auto language = context.print.language();
    facts.add("fact.holder", context.names.person(loan->text_or("person")))
        .add("fact.requests", joined(loan->texts_or("requests")))
        .add("fact.since", since ? time_with_zone(*since, language) : "")
        .add("fact.due", due ? time_with_zone(*due, language) : "")
        .add("fact.session", loan->text_or("session"));
    if (loan->boolean_or("recalled"))
        facts.add("fact.recalled", context.text("word.yes"), Style::warning);
}

void print_seal(Context& context, const Value& seal) {
    auto language = context.print.language();
    std::vector<std::string> custodians;
    for (const auto& person : seal.texts_or("custodians"))
        custodians.push_back(context.names.person(person));
    auto custody = seal.text_or("custody");
    Facts facts(context);
    facts.add("head.id", seal.text_or("id"))
        .add("head.name", seal.text_or("name"))
        .add("fact.type", seal.text_or("type"))
        .add("head.entity", seal.text_or("entity"))
        .add("fact.filing_no", seal.text_or("filing_no"))
        .add("head.slot", seal.text_or("slot"))
        .add("fact.custodians", joined(custodians, ", "))
        .add("head.state", term_text(seal_states(), seal.text_or("state"), language))
        .add("head.custody", term_text(custodies(), custody, language), style_of_custody(custody))
        .add("fact.tag", seal.text_or("uid"))
        .add("fact.replaces", seal.text_or("replaces"))
        .add("fact.replaced_by", seal.text_or("replaced_by"));
    add_loan(context, facts, seal);
    facts.print();
}

int run_show(Context& context) {
    auto path = client::path_of("/v1/seals/{}", {context.arguments.one("ID")});
    return show_thing(context, context.daemon.get(path), print_seal);
}

// Found nothing: the answer is no.
int run_find(Context& context) {
    auto seals = fetch_list(context, {"/v1/seals", {{"all", "1"}}});
    if (!seals) return fail(context, seals.error());
    auto found = find_seals(*seals, context.arguments.all("WORD"));
    auto exit = row_of(found.empty() ? Code::no : Code::ok).exit;
    if (context.print.json()) {
        Value out{Value::Object{}};
        out.add("items", std::move(found));
        out.add("next", Value{});
        context.print.line(wire::dump_json(out));
        return exit;
    }
    auto table = seal_table(context);
    for (const auto& seal : found)
        table.row(cells_of(context, seal));
    if (table.empty()) context.print.say("find.none");
    context.print.table(table);
    return exit;
}

int run_import_seals(Context& context) {
    return run_import(context, "seals");
}

constexpr Option kList[] = {{"--all", "", "opt.all.seal"}};
constexpr Option kId[] = {{"ID", "", "opt.id.seal", true}};
constexpr Option kFind[] = {{"WORD", "", "opt.word.seal", true, true}};
const Command kCommands[] = {{"seal import", kImportOptions, true, run_import_seals},
                             {"seal list", kList, false, run_list},
                             {"seal show", kId, false, run_show},
                             {"seal find", kFind, false, run_find}};

}  // namespace

std::span<const Command> seal_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
