// Printer: everything a command says goes through it, in the right language. Results go to `out`,
// errors and progress to `err`; colour and progress only where that is a terminal. One thread.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "moment.hpp"
#include "settings.hpp"
#include "table.hpp"

namespace seals::sealctl {

struct Streams {
    std::FILE* out = stdout;
    std::FILE* err = stderr;
    bool out_terminal = false;
    bool err_terminal = false;
    std::size_t width = 0;  // columns of `out`; 0: no limit
};

class Printer {
  public:
    Printer(Streams streams, const Settings& settings) : streams_(streams), settings_(settings) {}

    bool json() const { return settings_.json; }
    Language language() const { return settings_.language; }
    std::size_t width() const { return streams_.width; }  // of `out`; 0: no limit
    bool chinese() const { return settings_.language == Language::zh_CN; }

    std::string text(std::string_view key, const std::vector<std::string>& args = {}) const;
    std::string at(Instant moment) const { return time_text(moment, settings_.language); }
    std::string paint(Style style, std::string_view text) const {
        return painted(style, text, settings_.colour);
    }

    void line(std::string_view text);  // flushed: who watches a visit sees each step
    void say(std::string_view key, const std::vector<std::string>& args = {}) {
        line(text(key, args));
    }
    void raw(std::string_view text);  // as it is, without a line's end
    void table(const Table& table);
    void note(std::string_view text);  // on err, for people only: silent with --json
    void error(const Error& error);
    void progress(std::string_view text);  // replaces the one before; empty: takes it away
    bool shows_progress() const { return streams_.err_terminal && !settings_.json; }
    bool failed() const;  // `out` could not be written

  private:
    Streams streams_;
    const Settings& settings_;
    std::size_t progress_columns_ = 0;
};

// The members of RFC 9457, for what did not come from sealsd.
Value problem_of(const Error& error);

}  // namespace seals::sealctl
