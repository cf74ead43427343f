// Clock: the port through which time comes in. The system one is loop's; tests inject their own.
#pragma once

#include <cstdint>
#include <string>

#include "base/instant.hpp"

namespace seals {

struct Reading {
    Instant utc;               // CLOCK_REALTIME
    std::int64_t mono_ms = 0;  // CLOCK_BOOTTIME: ms since boot, also while suspended
    bool synced = false;       // the kernel says that a time source set the clock since boot
};

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Reading read() const = 0;                // never blocks, never fails; any thread
    virtual const std::string& boot_id() const = 0;  // constant for the life of the process
};

}  // namespace seals
