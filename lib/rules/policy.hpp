// Policy: the firm's numbers for the rules, from the config; and Context: the moment of a decision.
// Plain values. evolve() never reads either: what they led to stands in the event.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"

namespace seals::rules {

enum class TakeBy { either, user, custodian };

// When seals are used, in the node's own time zone.
struct Calendar {
    std::array<bool, 7> days{true, true, true, true, true, true, true};  // Monday first
    std::int64_t from_minute = 0, to_minute = 1440;                      // of the day
    std::vector<std::string> holidays, workdays;  // "2026-10-01"; a workday beats a holiday
};

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

    Calendar calendar;
    std::int64_t curfew_at = -1;  // minute of the day when what is used on site is back; -1: none
    std::int64_t curfew_minutes = 0;  // longest time out on site; 0: no limit
    std::int64_t max_held = 0;        // seals that one person holds at once; 0: no limit
    std::vector<std::vector<std::string>> forbid_together;  // sets of types never in one hand
    std::vector<std::string> two_person_types;       // types whose take needs a second person
    bool separate_approval = true;                   // who approved does not take
    milliseconds handover_patience{900'000};         // an offer unanswered so long is told
    milliseconds inventory_every{86'400'000};        // 0: none is expected
    milliseconds inventory_grace{3'600'000};         // after it was due
    milliseconds inventory_full_every{604'800'000};  // 0: no full one is expected
    milliseconds reconcile_grace{93'600'000};        // an open item older than that raises an alert
};

// `fresh`: random hex made by the engine for this command, so that decide() stays pure.
struct Context {
    Instant now;
    bool clock_trusted = true;
    std::string clock_why;       // why not, for the refusal
    milliseconds utc_offset{0};  // of the node's time zone at this moment
    bool simulated = false;
    Actor actor;
    std::string fresh_session;
    std::string fresh_nonce;  // 32 hex digits
    std::string fresh_uid;    // 14 hex digits, for a simulated tag
};

}  // namespace seals::rules
