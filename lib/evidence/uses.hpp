// Uses: every take and every use of one seal in a period, and whether that list is complete: the
// seal's own counter leaves no room for another entry between the first and the last that was
// given. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/never_left.hpp"

namespace seals::evidence {

struct TakeSeen {
    const Entry* taken = nullptr;
    const Entry* back = nullptr;  // by which the loan ended; null: it has not, in what was given
};

struct UseSeen {
    const Entry* use = nullptr;
    const Entry* voided = nullptr;
    Instant at;  // when it was stamped, as it was recorded
};

struct UsesStatement {
    std::string seal;
    Period period;
    bool complete = false;
    std::vector<Reason> faults;
    std::vector<TakeSeen> takes;  // that overlap the period
    std::vector<UseSeen> uses;
    std::vector<const Entry*> chain;   // all of it that was given
    const Entry* closed_by = nullptr;  // state leaf after the chain's end that says its last number
    std::uint64_t first_sn = 0, last_sn = 0;
};

UsesStatement uses_of(const std::string& seal, const Period& period, const Given& given);

}  // namespace seals::evidence
