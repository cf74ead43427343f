// sealctl request: import, list, show.
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
    return state == "withdrawn" || state == "expired" ? Style::dim : Style::plain;
}

std::string applicant_of(Context& context, const Value& request) {
    auto id = request.text_or("applicant");
    auto name = request.text_or("applicant_name");
    return name.empty() ? context.names.person(id) : Names::with_id(name, id);
}

int run_list(Context& context) {
    Listing listing{"/v1/requests"};
    if (context.arguments.has("--all")) listing.query = {{"all", "1"}};
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
                Cell(term_text(request_states(), state, context.print.language()),
                     style_of_request(state)),
                applicant_of(context, request),
                request.text_or("title"),
                joined(seals),
                time_of(context, until)};
    });
}

void print_lines(Context& context, const Value& request) {
    Table table({{context.text("head.seal")},
                 {context.text("head.name"), Align::left, true},
                 {context.text("head.copies"), Align::right},
                 {context.text("head.used"), Align::right},
                 {context.text("head.users"), Align::left, true},
                 {context.text("head.mode")},
                 {context.text("head.window"), Align::left, true}});
    for (const auto& line : lines_of(request)) {
        std::vector<std::string> users;
        for (const auto& user : line.texts_or("users"))
            users.push_back(context.names.person(user));
        auto seal = line.text_or("seal");
        table.row({seal, context.names.seal_name(seal), std::to_string(line.integer_or("copies")),
                   std::to_string(line.integer_or("used")) + "/" +
                       std::to_string(line.integer_or("count")),
                   joined(users, ", "),
                   term_text(line_modes(), line.text_or("mode"), context.print.language()),
                   time_of(context, line.find("valid_from")) + " – " +
                       time_of(context, line.find("valid_to"))});
    }
    context.print.line("");
    context.print.table(table);
}

void print_request(Context& context, const Value& request) {
    auto language = context.print.language();
    auto state = request.text_or("state");
    auto applied = instant_of(request.find("applied_at"));
    const auto* out = request.find("take_out");
    Facts facts(context);
    facts.add("head.id", request.text_or("id"))
        .add("fact.source", request.text_or("source"))
        .add("head.state", term_text(request_states(), state, language), style_of_request(state))
        .add("head.applicant", applicant_of(context, request))
        .add("head.department", request.text_or("department"))
        .add("fact.applied_at", applied ? time_with_zone(*applied, language) : "")
        .add("head.title", request.text_or("title"));
    if (out != nullptr && !out->is_null())
        facts.add("fact.place", out->text_or("place"))
            .add("fact.due", time_of(context, out->find("due")));
    facts.add("fact.chain", request.text_or("chain"))
        .add("fact.remark", request.text_or("remark"))
        .print();
    print_lines(context, request);
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

int run_withdraw(Context& context) {
    return act(context, "withdraw", {}, "act.request_withdrawn");
}

constexpr Option kReason[] = {{"ID", "", "opt.id.request", true},
                              {"--reason", "TEXT", "opt.reason", true}};
constexpr Option kList[] = {{"--all", "", "opt.all.request"}};
constexpr Option kId[] = {{"ID", "", "opt.id.request", true}};
const Command kCommands[] = {{"request import", kImportOptions, true, run_import_requests},
                             {"request list", kList, false, run_list},
                             {"request show", kId, false, run_show},
                             {"request withdraw", kId, true, run_withdraw},
                             {"request hold", kReason, true, run_hold},
                             {"request release", kReason, true, run_release}};

}  // namespace

std::span<const Command> request_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
