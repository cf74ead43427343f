// The machine's clock. `synced` is the kernel's own word (adjtimex: not STA_UNSYNC). Any thread.
#pragma once

#include "base/clock.hpp"

namespace seals::loop {

class SystemClock : public Clock {
  public:
    SystemClock();
    Reading read() const override;
    const std::string& boot_id() const override { return boot_id_; }

  private:
    std::string boot_id_;
};

std::int64_t boottime_ms();  // CLOCK_BOOTTIME; any thread

}  // namespace seals::loop
