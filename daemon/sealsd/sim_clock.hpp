// The clock of a simulated cabinet: the machine's, moved by `sim clock ±S`, and trusted. Any
// thread.
#pragma once

#include <atomic>

#include "loop/system_clock.hpp"

namespace seals::sealsd {

class SimClock : public Clock {
  public:
    void set_offset(milliseconds offset) { offset_ = offset.count(); }
    Reading read() const override {
        auto reading = machine_.read();
        reading.utc.ms += offset_;
        reading.synced = true;
        return reading;
    }
    const std::string& boot_id() const override { return machine_.boot_id(); }

  private:
    loop::SystemClock machine_;
    std::atomic<std::int64_t> offset_{0};
};

}  // namespace seals::sealsd
