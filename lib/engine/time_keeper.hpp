// TimeKeeper: the time a decision is made at, and whether releases may trust it. Loop thread only.
//
// now = max(clock, last leaf's time). A clock behind the last leaf is not trusted; nor, on a real
// cabinet, one that nothing has set since boot. Distrust ends when the clock passes the last leaf,
// or when two persons accept it: then the last leaf's time binds no longer.
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"

namespace seals::engine {

struct Moment {
    Instant now;
    std::int64_t mono_ms = 0;
    bool trusted = true;
    std::string why;         // not
    milliseconds behind{0};  // the last entry; the reason when it is more than none
};

class TimeKeeper {
  public:
    TimeKeeper(const Clock& clock, bool simulated, Instant last_leaf)
        : clock_(clock), simulated_(simulated), floor_(last_leaf), last_(clock.read()) {}

    Moment read() const;
    void recorded(Instant leaf);  // a leaf was made with that time
    // By how much the clock has jumped against CLOCK_BOOTTIME since the last call, if by more than
    // kStep; to be recorded.
    std::optional<milliseconds> step();
    // Two persons look at the clock and find it right. What the moment of that decision is, and by
    // how much time moves back with it; then, once it is recorded, that it holds.
    Moment if_accepted() const;
    milliseconds moved_if_accepted() const;
    void accepted(Instant leaf);

    static constexpr milliseconds kStep{5000};

  private:
    const Clock& clock_;
    bool simulated_;
    bool accepted_ = false;  // an unsynchronised clock was accepted
    Instant floor_;
    Reading last_;  // when step() last looked
};

}  // namespace seals::engine
