// The command line of sealsd-bolt.
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

#include "base/instant.hpp"
#include "hardware/pulse_limits.hpp"

namespace seals::bolt {

struct Flags {
    std::string config;  // seals.toml, to be turned into the other flags
    std::string socket;  // bolt.sock
    std::string sim;     // sim.sock
    unsigned mode = 0600;
    std::optional<uid_t> peer;
    milliseconds settle{20};
    hardware::PulseLimits::Settings limits{};
};

extern const char* const kUsage;
std::optional<Flags> read_flags(int argc, char** argv);  // nullopt: wrong

}  // namespace seals::bolt
