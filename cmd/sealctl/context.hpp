// Context: what a running command has at hand. Owned by run(), which outlives the command.
#pragma once

#include "command.hpp"
#include "daemon.hpp"
#include "names.hpp"
#include "print.hpp"
#include "settings.hpp"
#include "words/cli_texts.hpp"

namespace seals::sealctl {

struct Context {
    const Arguments& arguments;
    const Settings& settings;
    Printer& print;
    Daemon& daemon;
    Names& names;

    // The text in the language of the output.
    std::string text(std::string_view key, const std::vector<std::string>& args = {}) const {
        return print.text(key, args);
    }
    // A word of the daemon's: the text "<kind>.<name>", or as it stands where we have none.
    std::string word(const std::string& kind, const std::string& name) const {
        auto key = kind + "." + name;
        return has_cli_text(key) ? print.text(key) : name;
    }
};

}  // namespace seals::sealctl
