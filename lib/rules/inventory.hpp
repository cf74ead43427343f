// Inventory: which slots a count reads, and what it says of each. Pure, any thread.
#pragma once

#include <vector>

#include "rules/command.hpp"
#include "rules/policy.hpp"
#include "rules/state.hpp"

namespace seals::rules {

// In order of slot: 2 before 10.
std::vector<SlotId> slots_to_count(const State&, const CountWanted&, Instant now);

// The verdict on one slot as it is read. A slot that is in use is told as what is known of it.
CountedSlot count_slot(const State&, const SlotId&, const TagReading&, Instant now);

// The newest due moment of a count that is over by more than the grace, and how many are.
struct MissedCount {
    Instant due;
    std::int64_t missed = 0;
};

std::optional<MissedCount> missed_count(const State&, const Policy&, bool full, Instant now);
// When the next one is due, reckoned from the last that was made; nullopt: none is expected.
std::optional<Instant> next_count(const State&, const Policy&, bool full);
// The same when its grace is over, too.
std::optional<Instant> late_count(const State&, const Policy&, bool full, Instant now);

}  // namespace seals::rules
