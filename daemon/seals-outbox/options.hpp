// Options: what the command line and the environment ask for. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"

namespace seals::outboxd {

struct Options {
    std::string socket = "/run/sealsd/api.sock";
    std::string hook, spool;           // one of them
    std::vector<std::string> secrets;  // files; the first signs as the others do
    std::string state = "/var/lib/seals-outbox";
    milliseconds timeout{60'000};            // of one run of the hook
    milliseconds retry{60'000};              // before the second attempt; then doubled
    milliseconds give_up{7 * 86'400'000LL};  // trying
    milliseconds poll{2'000};                // of the spool
};

extern const char* const kUsage;

// nullopt: the command line is wrong; it was said why.
std::optional<Options> read_options(int argc, char** argv);

}  // namespace seals::outboxd
