// sealctl handover: offer, absent, accept, refuse, list, show; show prints the sheet that both
// sign.
#include "commands/table.hpp"
#include "event_text.hpp"
#include "factors.hpp"
#include "reply.hpp"
#include "wire/acts.hpp"

namespace seals::sealctl {
namespace {

Style style_of_state(const std::string& state) {
    if (state == "offered") return Style::warning;
    return state == "done" || state == "in_force" ? Style::good : Style::dim;
}

std::string zoned_time_of(Context& context, const Value* at) {
    auto moment = instant_of(at);
    return moment ? time_with_zone(*moment, context.print.language()) : std::string{};
}

void print_offered(Context& context, const Value& body) {
    context.print.say("act.handover_offered",
                      {body.text_or("id"), std::to_string(body.integer_or("seq"))});
}

int offer(Context& context, wire::OfferCall call, const std::string& giver) {
    if (auto until = context.arguments.maybe("--until")) {
        auto at = time_from(*until, context.print.language(), Edge::end);
        if (!at) return wrong_usage(context, "usage.time", {*until});
        call.until = *at;
    }
    auto factors = factors_of(context, giver);
    if (!factors) return fail(context, factors.error());
    call.factors = std::move(*factors);
    auto body = wire::write(call);
    for (auto& factor : call.factors)
        wipe(factor.value);
    return show_reply(context, context.daemon.post("/v1/handovers", std::move(body)),
                      print_offered);
}

int run_offer(Context& context) {
    auto from = context.arguments.one("--from");
    wire::OfferCall call;
    call.seals = context.arguments.all("SEAL");
    call.from = from;
    call.to = context.arguments.one("--to");
    return offer(context, std::move(call), from);
}

int run_absent(Context& context) {
    auto by = context.arguments.one("--by");
    wire::OfferCall call;
    call.from = context.arguments.one("PERSON");
    call.to = context.arguments.one("--to");
    call.by = by;
    return offer(context, std::move(call), by);
}

int answer(Context& context, const char* verb, const char* told) {
    auto person = context.arguments.one("--person");
    auto factors = factors_of(context, person);
    if (!factors) return fail(context, factors.error());
    wire::AnswerCall call{person, std::move(*factors), context.arguments.maybe("--reason")};
    auto body = wire::write(call);
    for (auto& factor : call.factors)
        wipe(factor.value);
    auto path =
        client::path_of(std::string("/v1/handovers/{}/") + verb, {context.arguments.one("ID")});
    return show_reply(
        context, context.daemon.post(path, std::move(body)),
        [told](Context& with, const Value& reply) {
            with.print.say(told, {reply.text_or("id"), std::to_string(reply.integer_or("seq"))});
        });
}

int run_accept(Context& context) {
    return answer(context, "accept", "act.handover_accepted");
}

int run_refuse(Context& context) {
    return answer(context, "refuse", "act.handover_refused");
}

int run_list(Context& context) {
    Listing listing{"/v1/handovers"};
    if (context.arguments.has("--all")) listing.query = {{"all", "1"}};
    Table table({{context.text("head.id")},
                 {context.text("head.kind")},
                 {context.text("head.state")},
                 {context.text("head.from"), Align::left, true},
                 {context.text("head.to"), Align::left, true},
                 {context.text("head.seals"), Align::left, true},
                 {context.text("head.until")}});
    return show_list(context, listing, table, [&](const Value& one) -> std::vector<Cell> {
        auto state = one.text_or("state");
        auto language = context.print.language();
        return {one.text_or("id"),
                term_text(handover_kinds(), one.text_or("kind"), language),
                Cell(term_text(handover_states(), state, language), style_of_state(state)),
                context.names.person(one.text_or("from")),
                context.names.person(one.text_or("to")),
                joined(one.texts_or("seals")),
                zoned_time_of(context, one.find("until"))};
    });
}

void print_seals(Context& context, const Value& handover) {
    Table table({{context.text("head.seal")}, {context.text("head.name"), Align::left, true}});
    for (const auto& seal : handover.texts_or("seals"))
        table.row({seal, context.names.seal_name(seal)});
    context.print.line("");
    context.print.table(table);
}

// The sheet: who hands over, who receives, who sees it, which seals.
void print_handover(Context& context, const Value& handover) {
    auto language = context.print.language();
    auto state = handover.text_or("state");
    context.print.line(context.print.paint(Style::bold, context.text("handover.sheet")));
    Facts(context)
        .add("head.id", handover.text_or("id"))
        .add("head.kind", term_text(handover_kinds(), handover.text_or("kind"), language))
        .add("head.state", term_text(handover_states(), state, language), style_of_state(state))
        .add("fact.giver", context.names.person(handover.text_or("from")))
        .add("fact.receiver", context.names.person(handover.text_or("to")))
        .add("fact.starter", context.names.person(handover.text_or("by")))
        .add("fact.offered", zoned_time_of(context, handover.find("offered")))
        .add("fact.accepted", zoned_time_of(context, handover.find("accepted")))
        .add("head.until", zoned_time_of(context, handover.find("until")))
        .print();
    print_seals(context, handover);
    context.print.line("");
    context.print.say("handover.signatures");
}

int run_show(Context& context) {
    auto path = client::path_of("/v1/handovers/{}", {context.arguments.one("ID")});
    return show_thing(context, context.daemon.get(path), print_handover);
}

constexpr Option kOffer[] = {
    {"SEAL", "", "opt.seal.handover", true, true}, {"--from", "ID", "opt.giver", true},
    {"--to", "ID", "opt.receiver", true},          {"--until", "TIME", "opt.until"},
    {"--pin-file", "FILE", "opt.pin_file"},        {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kAbsent[] = {
    {"PERSON", "", "opt.absent", true},     {"--to", "ID", "opt.receiver", true},
    {"--until", "TIME", "opt.until", true}, {"--by", "ID", "opt.starter", true},
    {"--pin-file", "FILE", "opt.pin_file"}, {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kAccept[] = {{"ID", "", "opt.id.handover", true},
                              {"--person", "ID", "opt.receiver", true},
                              {"--pin-file", "FILE", "opt.pin_file"},
                              {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kRefuse[] = {{"ID", "", "opt.id.handover", true},
                              {"--person", "ID", "opt.party", true},
                              {"--reason", "TEXT", "opt.reason"},
                              {"--pin-file", "FILE", "opt.pin_file"},
                              {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kList[] = {{"--all", "", "opt.all.over"}};
constexpr Option kShow[] = {{"ID", "", "opt.id.handover", true}};
const Command kCommands[] = {
    {"handover offer", kOffer, true, run_offer},    {"handover absent", kAbsent, true, run_absent},
    {"handover accept", kAccept, true, run_accept}, {"handover refuse", kRefuse, true, run_refuse},
    {"handover list", kList, false, run_list},      {"handover show", kShow, false, run_show}};

}  // namespace

std::span<const Command> handover_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
