// What waits to be told of requests that ended. Pure, any thread.
#pragma once

#include "rules/policy.hpp"
#include "rules/state.hpp"

namespace seals::rules {

struct Untold {
    std::int64_t waiting = 0, dead = 0, late = 0;  // dead ones are late, too
    RequestId oldest;                              // of those that are late
    Instant since;                                 // likewise
};

bool told_too_late(const Request& request, const Policy& policy, Instant now);
Untold untold(const State& state, const Policy& policy, Instant now);

}  // namespace seals::rules
