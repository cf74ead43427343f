// The nightly proof of the counts: every line's figures against the uses recorded under it, and the
// sums of both against the ledger's own entries. Pure, any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "rules/grant.hpp"

namespace seals::rules {

inline constexpr std::size_t kNamedMismatches = 20;

struct CountTotals {
    std::int64_t requests = 0, lines = 0;
    // Ordinary and cross-page impressions together.
    std::int64_t granted = 0, used = 0, remaining = 0, cancelled = 0, excess = 0;
    std::int64_t uses = 0, impressions = 0;  // as the uses say
    std::int64_t mismatches = 0;
    std::vector<std::string> named{};  // the first of them: "REQ-1/2"; "ledger": the entries
};

// Adds a request up with its uses, in the order of their ids in it. `now`: what has remained.
void add_up(const Request& request, const std::vector<Use>& uses, Instant now, CountTotals& to);

// What the ledger's own entries of uses sum up to.
void compare_entries(std::int64_t uses, std::int64_t impressions, CountTotals& to);

}  // namespace seals::rules
