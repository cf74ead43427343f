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

// When something is an alert; the triggers themselves are rules.
struct AlertPolicy {
    milliseconds overdue_again{1'800'000}, overdue_third{7'200'000};  // after it was due
    milliseconds overdue_morning{30'600'000};  // time of day, local, of the last one
    milliseconds presumed_lost{86'400'000};    // after it was due
    milliseconds recall_ignored{1'800'000};
    std::int64_t mass_seals = 3, mass_percent = 20;  // more than these within mass_window
    milliseconds mass_window{600'000};
    std::int64_t nulls = 3;  // as many by one person within null_window
    milliseconds null_window{604'800'000};
    std::int64_t lock_tries = 2;                    // orders in a row after which no door opened
    std::int64_t unreadable_counts = 2;             // in a row
    milliseconds clock_step{5'000};                 // more than that, either way
    std::int64_t disk_low = std::int64_t{2} << 30;  // bytes
    milliseconds device_silent{600'000};
    std::int64_t cron_percent = 150;       // of a job's period
    milliseconds report_late{21'600'000};  // a result that its source was not told of so long
};

// How a seal is used once it is out. Lists are of seal types; "*" in one stands for all.
struct UsePolicy {
    std::vector<std::string> custodian_types;   // only a custodian takes and stamps
    std::vector<std::string> applicant_types;   // only a user of the request takes and stamps
    std::vector<std::string> supervisor_types;  // somebody watches each use
    std::vector<std::string> photo_types, document_types;
    std::vector<std::string> escorted_types;  // taken out only with reason and supervisor
    std::vector<std::string> factors;         // of who stamps
    milliseconds late{86'400'000};            // after the return, a use may still be recorded
};

// An emergency: without approval, by two persons, small, cured afterwards.
struct EmergencyPolicy {
    std::vector<std::string> types{"*"};
    std::int64_t most = 3;  // impressions of each kind
    milliseconds window{1'800'000};
    milliseconds cure{86'400'000};
};

// Who approves what is applied for here.
struct Post {
    std::string id, title, powers;
    std::vector<PersonId> persons, delegates;
    std::int64_t max_impressions = 0;  // without the steps after it; 0: those are always asked
};

struct ApprovalChain {
    std::vector<std::string> types;    // of seals; empty: all others
    std::vector<std::string> steps;    // posts
    std::int64_t max_impressions = 0;  // of the largest request; 0: no limit
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
    bool report_results = true;                      // of requests that ended, to their sources
    AlertPolicy alert{};
    UsePolicy use{};
    EmergencyPolicy emergency{};
    milliseconds paper_window{259'200'000};  // a paper request is valid for so long
    std::vector<Post> posts{};
    std::vector<ApprovalChain> approvals{};
    // How long files of each retention class are kept, as written ("10y"), in the table's order;
    // none: as the table says.
    std::vector<std::string> retention{};
    std::vector<std::string> finance_types{"finance"};
};

// Whether a list of types names that one, by itself or by "*".
bool names_type(const std::vector<std::string>& types, const std::string& type);

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
    std::string cabinet{};    // its name within the organisation
};

}  // namespace seals::rules
