// The node's own time of day, for rules that go by it (hours of use, curfew). The zone is the
// process's: sealsd sets TZ from the configuration before any thread starts. Any thread.
#pragma once

#include <ctime>

#include "base/instant.hpp"

namespace seals::engine {

// How far local time is ahead of UTC at that moment.
inline milliseconds local_offset(Instant at) {
    auto seconds = static_cast<std::time_t>(at.ms / 1000);
    std::tm local{};
    if (::localtime_r(&seconds, &local) == nullptr) return milliseconds{0};
    return milliseconds{local.tm_gmtoff * 1000};
}

}  // namespace seals::engine
