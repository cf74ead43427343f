// Policy: the firm's numbers for the rules, from the config; and Context: the moment of a decision.
// Plain values. evolve() never reads either: what they led to stands in the event.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"

namespace seals::rules {

enum class TakeBy { either, user, custodian };

struct Policy {
    int window_days = 30;
    std::int64_t impressions_per_copy = 1;
    TakeBy take_by_on_site = TakeBy::either;
    TakeBy take_by_take_out = TakeBy::either;
    std::vector<std::string> factors_take{"pin"};
    std::vector<std::string> factors_return{"pin"};
    int failures = 5;  // of identification within failure_window lock a person out
    milliseconds failure_window{600'000};
    milliseconds lockout{900'000};
    milliseconds pulse{300};
    milliseconds inventory_every{86'400'000};        // 0: none is expected
    milliseconds inventory_grace{3'600'000};         // after it was due
    milliseconds inventory_full_every{604'800'000};  // 0: no full one is expected
};

// `fresh`: random hex made by the engine for this command, so that decide() stays pure.
struct Context {
    Instant now;
    bool clock_trusted = true;
    std::string clock_why;  // why not, for the refusal
    bool simulated = false;
    Actor actor;
    std::string fresh_session;
    std::string fresh_nonce;  // 32 hex digits
    std::string fresh_uid;    // 14 hex digits, for a simulated tag
};

}  // namespace seals::rules
