#include "visit_watch.hpp"

#include <unistd.h>

#include "event_text.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

constexpr int kTries = 20;  // to reach a sealsd that went away, half a second apart

class Watch {
  public:
    Watch(Context& context, const std::string& session) : context_(context), session_(session) {}

    Result<Reply> run() {
        auto path = client::path_of("/v1/sessions/{}", {session_}) + "?follow=1";
        Result<Reply> end = follow(path);
        for (int i = 0; i < kTries && !end; ++i) {
            ::usleep(500'000);
            end = follow(path);
        }
        return end;
    }

  private:
    Result<Reply> follow(const std::string& path) {
        return context_.daemon.follow(path, [this](const Value& line, std::string_view text) {
            if (line.find("seq") != nullptr && line.find("type") != nullptr) step(line, text);
            return true;
        });
    }
    // After a break the events come from the start again; each is told once.
    void step(const Value& event, std::string_view text) {
        auto seq = event.integer_or("seq");
        if (seq <= told_) return;
        told_ = seq;
        if (context_.print.json()) return context_.print.line(text);
        auto step = step_text(event, context_.print.language());
        if (step) context_.print.line(context_.print.paint(style_of(event.text_or("type")), *step));
    }

    Context& context_;
    const std::string& session_;
    std::int64_t told_ = 0;
};

Style style_of_code(const std::string& code) {
    if (code == "ok") return Style::good;
    return code == "no" ? Style::warning : Style::bad;
}

int tell_end(Context& context, const Value& session, const std::string& text) {
    auto code = session.text_or("code");
    if (context.print.json())
        context.print.line(text);
    else
        context.print.line(context.print.paint(style_of_code(code),
                                               ending_text(session, context.print.language())));
    auto known = code_named(code);
    return row_of(known.value_or(Code::timeout)).exit;
}

}  // namespace

int watch_visit(Context& context, const std::string& session) {
    auto end = Watch(context, session).run();
    if (!end)
        return fail(context, Error{Code::timeout, context.text("visit.lost", {session}),
                                   context.text("visit.ask", {session})});
    if (end->problem) return fail(context, *end->problem);
    if (end->body.find("detail") != nullptr)  // the stream ended with a problem
        return fail(context, client::error_of(end->body, 0));
    return tell_end(context, end->body, end->text);
}

}  // namespace seals::sealctl
