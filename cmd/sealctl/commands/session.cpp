// sealctl session show: one visit, step by step when it is over.
#include "commands/table.hpp"
#include "event_text.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

void print_steps(Context& context, const std::string& id) {
    auto path = client::path_of("/v1/sessions/{}", {id}) + "?follow=1";
    auto language = context.print.language();
    Table table({{}, {}, {{}, Align::left, true}});
    auto end = context.daemon.follow(path, [&](const Value& line, std::string_view) {
        if (line.find("seq") == nullptr || line.find("type") == nullptr) return true;
        auto at = instant_of(line.find("time"));
        auto type = line.text_or("type");
        table.row({at ? context.print.at(*at) : "",
                   Cell(event_text(type, language), style_of(type)), note_of(line, language)});
        return true;
    });
    context.print.line("");
    context.print.table(table);
    if (!end) context.print.error(end.error());
}

int run_show(Context& context) {
    auto id = context.arguments.one("ID");
    auto reply = context.daemon.get(client::path_of("/v1/sessions/{}", {id}));
    return show_thing(context, reply, [&](Context& with, const Value& session) {
        auto verdict = session.text_or("verdict");
        Facts(with)
            .add("head.id", session.text_or("id"))
            .add("fact.kind", with.word("kind", session.text_or("kind")))
            .add("head.seal", session.text_or("seal"))
            .add("head.name", with.names.seal_name(session.text_or("seal")))
            .add("head.slot", session.text_or("slot"))
            .add("head.person", with.names.person(session.text_or("person")))
            .add("fact.requests", joined(session.texts_or("requests")))
            .add("head.state", with.word("stage", session.text_or("state")))
            .add("head.verdict", term_text(session_verdicts(), verdict, with.print.language()))
            .print();
        if (!session.text_or("code").empty()) print_steps(with, id);
    });
}

constexpr Option kId[] = {{"ID", "", "opt.id.session", true}};
const Command kCommands[] = {{"session show", kId, false, run_show}};

}  // namespace

std::span<const Command> session_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
