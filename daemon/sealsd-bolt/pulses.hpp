// Pulses: carries out orders. Judged, agreed with the guard, judged for time once more, then the
// line, then the answer. Loop thread; blocks as Lock and Guard do, which is milliseconds.
#pragma once

#include <functional>
#include <map>

#include "guard.hpp"
#include "hardware/lock.hpp"
#include "hardware/pulse_limits.hpp"
#include "helper/bolt.hpp"
#include "loop/loop.hpp"

namespace seals::bolt {

class Pulses {
  public:
    using Send = std::function<void(helper::BoltFrame, const Bytes&)>;

    Pulses(loop::Loop& loop, hardware::Lock& lock, Guard& guard,
           hardware::PulseLimits::Settings settings, Send send);

    void carry_out(const helper::UnlockOrder& order);
    // Every line, driven by us or not. False: at least one could not be reached.
    bool idle_all();
    bool idle_unused();  // all but those that pulse now
    bool guard_gone() const { return guard_gone_; }

  private:
    struct Running {
        helper::Nonce nonce{};
        std::int64_t since_ms = 0;
        loop::Timer timer;
    };
    void fire(const hardware::PulseOrder& order);
    void start(const hardware::PulseOrder& order, std::int64_t since_ms);
    void finish(SlotNo slot);
    void refuse(const helper::Nonce& nonce, helper::Refusal reason);

    loop::Loop& loop_;
    hardware::Lock& lock_;
    Guard& guard_;
    hardware::PulseLimits::Settings settings_;
    hardware::PulseLimits limits_;
    Send send_;
    std::map<SlotNo, Running> running_;
    bool guard_gone_ = false;
    bool unreached_ = false;  // the log says so already
};

}  // namespace seals::bolt
