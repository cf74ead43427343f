// Lock: the lines that drive the latches of a cabinet. Port; called by sealsd-bolt and its guard
// only. Both calls block until the line has the level, at most about 100 ms.
// Errors: Code::not_found for a slot without a line, Code::unavailable when the lines cannot be
// reached, Code::timeout when the level could not be confirmed (the line may have either).
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "base/slot.hpp"

namespace seals::hardware {

class Lock {
  public:
    virtual ~Lock() = default;
    // Drives the line; the value is the moment it became active (CLOCK_BOOTTIME, ms).
    virtual Result<std::int64_t> energise(SlotNo slot) = 0;
    virtual Status idle(SlotNo slot) = 0;  // of an idle line: nothing happens, no error
};

}  // namespace seals::hardware
