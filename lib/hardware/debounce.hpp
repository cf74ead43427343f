// Debounce: turns the chatter of one door switch into one edge. A level counts when it has stood
// for the settle time; the edge then bears the moment it was first seen. Pure; the caller brings
// the time and asks again when due.
#pragma once

#include <cstdint>
#include <optional>

#include "hardware/contact.hpp"

namespace seals::hardware {

class Debounce {
  public:
    explicit Debounce(std::int64_t settle_ms) : settle_ms_(settle_ms) {}

    void reset(Door door);  // a snapshot: settled, no edge
    void see(Door door, std::int64_t mono_ms);
    // When to call settle() next (CLOCK_BOOTTIME, ms); nullopt: nothing is moving.
    std::optional<std::int64_t> due() const;
    // The settled edge, if the level has stood long enough and differs from the last one told.
    std::optional<Edge> settle(SlotNo slot, std::int64_t now_ms);
    Door door() const { return told_; }

  private:
    std::int64_t settle_ms_;
    Door told_ = Door::unknown;
    Door seen_ = Door::unknown;
    bool moving_ = false;
    std::int64_t first_ms_ = 0;  // when it began to move away from told_
    std::int64_t last_ms_ = 0;   // latest change
};

}  // namespace seals::hardware
