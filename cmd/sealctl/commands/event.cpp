// sealctl event: list, and follow, which goes on with what is recorded.
#include <unistd.h>

#include "base/width.hpp"
#include "commands/table.hpp"
#include "event_text.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

constexpr std::size_t kWide = 110;  // columns that all of it needs beside a note

// On a narrow terminal the request stands in the note.
bool is_narrow(const Context& context) {
    return context.print.width() > 0 && context.print.width() < kWide;
}

std::vector<Cell> cells_of(Context& context, const Value& event, bool narrow) {
    auto language = context.print.language();
    auto type = event.text_or("type");
    auto request = event.text_or("request");
    auto note = note_of(event, language);
    auto at = instant_of(event.find("time"));
    std::vector<Cell> cells{Cell(std::to_string(event.integer_or("seq")), Style::dim),
                            at ? context.print.at(*at) : "",
                            Cell(event_text(type, language), style_of(type)), event.text_or("seal"),
                            context.names.person(event.text_or("person"))};
    if (!narrow) {
        cells.emplace_back(request);
        cells.emplace_back(note);
    } else {
        cells.emplace_back(request + (request.empty() || note.empty() ? "" : ", ") + note);
    }
    return cells;
}

std::vector<Column> columns_of_events(Context& context, bool narrow) {
    std::vector<Column> columns{{context.text("head.seq"), Align::right},
                                {context.text("head.time")},
                                {context.text("head.event"), Align::left, true},
                                {context.text("head.seal")},
                                {context.text("head.person")}};
    if (!narrow) columns.push_back({context.text("head.request")});
    columns.push_back({context.text("head.note"), Align::left, true});
    return columns;
}

client::Query query_of(Context& context) {
    return {{"after", context.arguments.one("--after")}, {"type", context.arguments.one("--type")}};
}

int run_list(Context& context) {
    Listing listing{"/v1/events", query_of(context), "after"};
    bool narrow = is_narrow(context);
    Table table(columns_of_events(context, narrow));
    return show_list(context, listing, table,
                     [&](const Value& event) { return cells_of(context, event, narrow); });
}

class Follow {
  public:
    explicit Follow(Context& context)
        : context_(context), after_(context.arguments.one("--after")) {}

    // Ends only when sealsd says so for good: a restart is waited for.
    int run() {
        for (;;) {
            auto end = follow();
            if (end && end->problem) return fail(context_, *end->problem);
            if (!end && !seen_any_ && !reached_) return fail(context_, end.error());
            if (end && end->body.find("detail") != nullptr)
                return fail(context_, client::error_of(end->body, 0));
            if (!told_) context_.print.note(context_.text("event.waiting"));
            told_ = true;
            ::usleep(500'000);
        }
    }

  private:
    Result<Reply> follow() {
        client::Query query{
            {"after", after_}, {"type", context_.arguments.one("--type")}, {"follow", "1"}};
        auto end = context_.daemon.follow(
            client::with_query("/v1/events", query),
            [this](const Value& line, std::string_view text) {
                if (line.find("seq") != nullptr && line.find("type") != nullptr) tell(line, text);
                return !context_.print.failed();
            });
        reached_ = reached_ || end || end.error().code != Code::unavailable;
        return end;
    }
    void tell(const Value& event, std::string_view text) {
        after_ = std::to_string(event.integer_or("seq"));
        seen_any_ = true;
        told_ = false;
        if (context_.print.json()) return context_.print.line(text);
        std::string line;
        for (const auto& cell : cells_of(context_, event, false))
            if (cell.columns() > 0)
                line += (line.empty() ? "" : "  ") +
                        context_.print.paint(cell.spans[0].style, cleaned(cell.spans[0].text));
        context_.print.line(line);
    }

    Context& context_;
    std::string after_;
    bool seen_any_ = false, told_ = false, reached_ = false;
};

int run_follow(Context& context) {
    return Follow(context).run();
}

constexpr Option kList[] = {{"--after", "SEQ", "opt.after"}, {"--type", "TYPE", "opt.type"}};
const Command kCommands[] = {{"event list", kList, false, run_list},
                             {"event follow", kList, false, run_follow}};

}  // namespace

std::span<const Command> event_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
