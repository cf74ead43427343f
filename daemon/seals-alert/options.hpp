// Options: what the command line and the environment ask for. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "words/texts.hpp"

namespace seals::alertd {

struct Options {
    std::string socket = "/run/sealsd/api.sock";
    std::string hooks = "/etc/seals/alert.d";
    std::string state = "/var/lib/seals-alert";
    std::vector<std::string> types{"alert.raised"};  // of events
    milliseconds timeout{30'000};                    // of one run of a hook
    milliseconds retry{10'000};                      // before the second attempt; then doubled
    milliseconds give_up{7 * 86'400'000LL};          // trying
    milliseconds since{86'400'000};                  // older ones are not told at the first start
    Language language = Language::en;
};

extern const char* const kUsage;

// nullopt: the command line is wrong; it was said why.
std::optional<Options> read_options(int argc, char** argv);

}  // namespace seals::alertd
