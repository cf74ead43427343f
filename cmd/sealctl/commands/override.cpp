// sealctl override: openings that sealsd gave no leave for, and what two persons say of them.
#include "commands/table.hpp"
#include "factors.hpp"
#include "reply.hpp"
#include "wire/acts.hpp"

namespace seals::sealctl {
namespace {

int run_list(Context& context) {
    Listing listing{"/v1/overrides"};
    if (context.arguments.has("--all")) listing.query = {{"all", "1"}};
    Table table({{context.text("head.id")},
                 {context.text("head.slot"), Align::right},
                 {context.text("head.cause")},
                 {context.text("head.uncovered"), Align::left, true},
                 {context.text("head.counted")},
                 {context.text("head.explained")}});
    auto yes_or_no = [&](const Value& one, const char* name) {
        bool yes = one.boolean_or(name);
        return Cell(context.text(yes ? "word.yes" : "word.no"), yes ? Style::good : Style::warning);
    };
    return show_list(context, listing, table, [&](const Value& one) -> std::vector<Cell> {
        return {one.text_or("id"),
                one.text_or("slot"),
                context.word("cause", one.text_or("cause")),
                time_of(context, one.find("from")) + " – " + time_of(context, one.find("at")),
                yes_or_no(one, "counted"),
                yes_or_no(one, "explained")};
    });
}

int run_explain(Context& context) {
    auto acting =
        acting_of(context, {context.arguments.one("--person"), context.arguments.one("--second")});
    if (!acting) return fail(context, acting.error());
    wire::ExplainOverrideCall call{context.arguments.one("--reason"),
                                   context.arguments.maybe("--old-bag"),
                                   context.arguments.maybe("--new-bag"), std::move(*acting)};
    auto body = wire::write(call);
    wipe(call.persons);
    auto id = context.arguments.one("ID");
    auto path = client::path_of("/v1/overrides/{}/explain", {id});
    return show_reply(
        context, context.daemon.post(path, std::move(body)),
        [&](Context& with, const Value& reply) {
            with.print.say("act.override_explained", {id, std::to_string(reply.integer_or("seq"))});
        });
}

constexpr Option kList[] = {{"--all", "", "opt.all.over"}};
constexpr Option kExplain[] = {
    {"ID", "", "opt.id.override", true},          {"--reason", "TEXT", "opt.reason", true},
    {"--old-bag", "NO", "opt.old_bag"},           {"--new-bag", "NO", "opt.new_bag"},
    {"--person", "ID", "opt.person.first", true}, {"--second", "ID", "opt.person.second", true},
    {"--pin-file", "FILE", "opt.pins_file"},      {"--pin-fd", "N", "opt.pins_fd"}};
const Command kCommands[] = {{"override list", kList, false, run_list},
                             {"override explain", kExplain, true, run_explain}};

}  // namespace

std::span<const Command> override_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
