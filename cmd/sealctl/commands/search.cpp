// sealctl search: entries of the ledger by words, newest first, the words shown in bold; and
// sealctl ledger reindex, which has the index behind it made anew.
#include "commands/table.hpp"
#include "event_text.hpp"
#include "highlight.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

void print_hits(Context& context, const Value& body) {
    auto language = context.print.language();
    const auto* items = body.find("items");
    Table table({{context.text("head.seq"), Align::right},
                 {context.text("head.time")},
                 {context.text("head.event")},
                 {context.text("head.seal")},
                 {context.text("head.request")},
                 {context.text("head.text"), Align::left, true}});
    if (items != nullptr && items->array() != nullptr)
        for (const auto& item : *items->array()) {
            auto at = instant_of(item.find("time"));
            auto type = item.text_or("type");
            table.row({std::to_string(item.integer_or("seq")), at ? context.print.at(*at) : "",
                       Cell(event_text(type, language), style_of(type)), item.text_or("seal"),
                       item.text_or("request"),
                       found_lines(item.text_or("text"), item.find("highlights"))});
        }
    if (table.empty()) return context.print.say("search.none");
    context.print.table(table);
    const auto* next = body.find("next");
    if (next != nullptr && !next->is_null()) context.print.note(context.text("search.more"));
}

// Empty where the option is not given; nullopt when it is no time.
std::optional<std::string> time_option(Context& context, const std::string& name, Edge edge) {
    auto text = context.arguments.one(name);
    if (text.empty()) return text;
    auto at = time_from(text, context.print.language(), edge);
    return at ? std::optional(to_rfc3339(*at)) : std::nullopt;
}

int run_search(Context& context) {
    auto from = time_option(context, "--from", Edge::start);
    auto to = time_option(context, "--to", Edge::end);
    if (!from || !to)
        return wrong_usage(context, "usage.time",
                           {context.arguments.one(from ? "--to" : "--from")});
    client::Query query{{"q", joined(context.arguments.all("WORD"))},
                        {"from", *from},
                        {"to", *to},
                        {"seal", context.arguments.one("--seal")},
                        {"person", context.arguments.one("--person")},
                        {"request", context.arguments.one("--request")},
                        {"limit", context.arguments.one("--limit")}};
    return show_reply(context, context.daemon.get(client::with_query("/v1/search", query)),
                      print_hits);
}

int run_reindex(Context& context) {
    auto reply = context.daemon.post("/v1/search/rebuild", Value{Value::Object{}}, kLong);
    return show_reply(context, reply, [](Context& with, const Value& body) {
        with.print.say("reindex.begun", {std::to_string(body.integer_or("size"))});
    });
}

constexpr Option kSearch[] = {{"WORD", "", "opt.word", true, true},
                              {"--from", "TIME", "opt.from"},
                              {"--to", "TIME", "opt.to"},
                              {"--seal", "ID", "opt.seal.only"},
                              {"--person", "ID", "opt.person.only"},
                              {"--request", "ID", "opt.request.only"},
                              {"--limit", "N", "opt.limit"}};
const Command kCommands[] = {{"search", kSearch, false, run_search},
                             {"ledger reindex", {}, false, run_reindex}};

}  // namespace

std::span<const Command> search_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
