// Settings: what the global options and the environment say. Pure, but for the environment it is
// handed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "command.hpp"
#include "words/texts.hpp"

namespace seals::sealctl {

// getenv(3), or a test's; null where it is not set.
using Environment = std::function<const char*(const char*)>;

struct Settings {
    std::string socket = "/run/sealsd/api.sock";
    std::string key;  // Idempotency-Key; empty: a fresh one
    Language language = Language::en;
    bool json = false;
    bool colour = false;
};

// Before the command line is understood, so that what is wrong with it can be told.
Language language_of(const std::vector<std::string>& words, const Environment& environment);

Result<Settings> settings_of(const Arguments& arguments, const Environment& environment,
                             Language language, bool terminal);

// sim.sock, files.sock: in the directory of api.sock.
std::string beside(const std::string& socket, std::string_view name);

}  // namespace seals::sealctl
