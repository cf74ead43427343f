// sealctl request: import, list, show.
#include "commands/application.hpp"
#include "commands/import.hpp"
#include "commands/table.hpp"
#include "event_text.hpp"
#include "reply.hpp"
#include "wire/acts.hpp"

namespace seals::sealctl {
namespace {

const Value::Array& lines_of(const Value& request) {
    static const Value::Array kNone;
    const auto* lines = request.find("lines");
    return lines != nullptr && lines->array() != nullptr ? *lines->array() : kNone;
}

Style style_of_request(const std::string& state) {
    for (const char* over : {"withdrawn", "expired", "superseded", "closed", "rejected"})
        if (state == over) return Style::dim;
    return Style::plain;
}

std::string applicant_of(Context& context, const Value& request) {
    auto id = request.text_or("applicant");
    auto name = request.text_or("applicant_name");
    return name.empty() ? context.names.person(id) : Names::with_id(name, id);
}

// Where a request was made: by name what was made at the cabinet.
std::string source_of(Context& context, const Value& request) {
    auto source = request.text_or("source");
    for (const char* own : {"paper", "emergency", "self"})
        if (source == own) return context.text(std::string("kind.source_") + own);
    return source;
}

// What did not come from an OA says so wherever it stands.
std::string state_and_kind(Context& context, const Value& request) {
    auto state = term_text(request_states(), request.text_or("state"), context.print.language());
    auto source = source_of(context, request);
    return source == request.text_or("source") ? state : state + " · " + source;
}

int run_list(Context& context) {
    Listing listing{"/v1/requests"};
    if (context.arguments.has("--all")) listing.query.emplace_back("all", "1");
    if (context.arguments.has("--pending")) listing.query.emplace_back("pending", "1");
    Table table({{context.text("head.id")},
                 {context.text("head.state")},
                 {context.text("head.applicant")},
                 {context.text("head.title"), Align::left, true},
                 {context.text("head.seals"), Align::left, true},
                 {context.text("head.valid_to")}});
    return show_list(context, listing, table, [&](const Value& request) -> std::vector<Cell> {
        std::vector<std::string> seals;
        const Value* until = nullptr;
        for (const auto& line : lines_of(request)) {
            seals.push_back(line.text_or("seal"));
            until = line.find("valid_to");
        }
        auto state = request.text_or("state");
        return {request.text_or("id"),
                Cell(state_and_kind(context, request), style_of_request(state)),
                applicant_of(context, request),
                request.text_or("title"),
                joined(seals),
                time_of(context, until)};
    });
}

// A count of both kinds: "3", or "3(1)" with one cross-page impression.
std::string both(const Value& line, const std::string& name, const std::string& after) {
    auto cross =
        name == "count" ? line.integer_or("cross_page") : line.integer_or(name + "_cross_page");
    auto text = std::to_string(line.integer_or(name));
    if (cross != 0) text += "(" + std::to_string(cross) + ")";
    return text + after;
}

void print_lines(Context& context, const Value& request) {
    Table table({{context.text("head.line_no"), Align::right},
                 {context.text("head.seal")},
                 {context.text("head.name"), Align::left, true},
                 {context.text("head.copies"), Align::right},
                 {context.text("head.used"), Align::right},
                 {context.text("head.left"), Align::right},
                 {context.text("head.cancelled"), Align::right},
                 {context.text("head.users"), Align::left, true},
                 {context.text("head.mode")},
                 {context.text("head.window"), Align::left, true}});
    int number = 0;
    for (const auto& line : lines_of(request)) {
        std::vector<std::string> users;
        for (const auto& user : line.texts_or("users"))
            users.push_back(context.names.person(user));
        auto seal = line.text_or("seal");
        table.row({std::to_string(++number), seal, context.names.seal_name(seal),
                   std::to_string(line.integer_or("copies")),
                   both(line, "used", "/" + both(line, "count", {})), both(line, "remaining", {}),
                   both(line, "cancelled", {}), joined(users, ", "),
                   term_text(line_modes(), line.text_or("mode"), context.print.language()),
                   time_of(context, line.find("valid_from")) + " – " +
                       time_of(context, line.find("valid_to"))});
    }
    context.print.line("");
    context.print.table(table);
    number = 0;
    for (const auto& line : lines_of(request)) {
        ++number;
        if (auto excess = line.integer_or("excess") + line.integer_or("excess_cross_page"))
            context.print.line(context.text(
                "word.line_note", {std::to_string(number),
                                   context.text("word.note_excess", {std::to_string(excess)})}));
        if (auto parent = line.integer_or("parent"))
            context.print.line(context.text(
                "word.line_note", {std::to_string(number),
                                   context.text("word.line_child", {std::to_string(parent),
                                                                    line.text_or("reason")})}));
    }
}

// Of a request on paper, of an emergency, and of the OA's that either took the place of.
void add_made_here(Context& context, const Value& request, Facts& facts) {
    std::vector<std::string> persons;
    for (const auto& person : request.texts_or("put_in_by"))
        persons.push_back(context.names.person(person));
    facts.add("fact.put_in_by", joined(persons, ", "))
        .add("fact.basis", request.text_or("basis"))
        .add("fact.legal_hold", request.text_or("hold_basis"), Style::warning)
        .add("fact.matched", request.text_or("matched"))
        .add("fact.superseded", request.text_or("superseded_by"))
        .add("fact.cure_by", time_of(context, request.find("cure_by")))
        .add("fact.cured_by", request.text_or("cured_by"));
}

void print_request(Context& context, const Value& request) {
    auto language = context.print.language();
    auto state = request.text_or("state");
    auto applied = instant_of(request.find("applied_at"));
    const auto* out = request.find("take_out");
    Facts facts(context);
    facts.add("head.id", request.text_or("id"))
        .add("fact.source", source_of(context, request))
        .add("head.state", term_text(request_states(), state, language), style_of_request(state))
        .add("head.applicant", applicant_of(context, request))
        .add("head.department", request.text_or("department"))
        .add("fact.applied_at", applied ? time_with_zone(*applied, language) : "")
        .add("head.title", request.text_or("title"));
    facts.add("fact.number", request.text_or("number"))
        .add("fact.counterpart", request.text_or("counterpart"));
    if (out != nullptr && !out->is_null())
        facts.add("fact.place", out->text_or("place"))
            .add("fact.take_out_reason", out->text_or("reason"))
            .add("fact.supervisor", out->text_or("supervisor").empty()
                                        ? std::string{}
                                        : context.names.person(out->text_or("supervisor")))
            .add("fact.due", time_of(context, out->find("due")));
    facts.add("fact.chain", request.text_or("chain")).add("fact.remark", request.text_or("remark"));
    add_made_here(context, request, facts);
    facts.print();
    print_lines(context, request);
    print_approval(context, request);
}

int run_show(Context& context) {
    auto path = client::path_of("/v1/requests/{}", {context.arguments.one("ID")});
    return show_thing(context, context.daemon.get(path), print_request);
}

int run_import_requests(Context& context) {
    return run_import(context, "requests");
}

int act(Context& context, const char* verb, Value body, const char* told) {
    auto id = context.arguments.one("ID");
    auto path = client::path_of(std::string("/v1/requests/{}/") + verb, {id});
    return show_reply(context, context.daemon.post(path, std::move(body)),
                      [&](Context& with, const Value& reply) {
                          with.print.say(told, {id, std::to_string(reply.integer_or("seq"))});
                      });
}

int run_hold(Context& context) {
    wire::ReasonCall call{context.arguments.one("--reason")};
    return act(context, "hold", wire::write(call), "act.request_held");
}

int run_release(Context& context) {
    wire::ReasonCall call{context.arguments.one("--reason")};
    return act(context, "release", wire::write(call), "act.request_released");
}

int run_finish(Context& context) {
    wire::ReasonCall call{context.arguments.one("--reason")};
    return act(context, "finish", wire::write(call), "act.request_finished");
}

int run_withdraw(Context& context) {
    if (context.arguments.has("--person")) return run_withdraw_own(context);
    return act(context, "withdraw", {}, "act.request_withdrawn");
}

constexpr Option kReason[] = {{"ID", "", "opt.id.request", true},
                              {"--reason", "TEXT", "opt.reason", true}};
constexpr Option kList[] = {{"--all", "", "opt.all.request"}, {"--pending", "", "opt.pending"}};
constexpr Option kWithdraw[] = {{"ID", "", "opt.id.request", true},
                                {"--person", "ID", "opt.person.withdraw"},
                                {"--pin-file", "FILE", "opt.pin_file"},
                                {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kFinish[] = {{"ID", "", "opt.id.request", true},
                              {"--reason", "TEXT", "opt.reason.finish", true}};
constexpr Option kId[] = {{"ID", "", "opt.id.request", true}};
const Command kCommands[] = {{"request import", kImportOptions, true, run_import_requests},
                             {"request list", kList, false, run_list},
                             {"request show", kId, false, run_show},
                             {"request withdraw", kWithdraw, true, run_withdraw},
                             {"request hold", kReason, true, run_hold},
                             {"request release", kReason, true, run_release},
                             {"request finish", kFinish, true, run_finish}};

}  // namespace

std::span<const Command> request_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
