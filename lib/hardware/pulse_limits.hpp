// PulseLimits: what bolt allows a coil, whoever asks: each order once, in time, no longer than the
// ceiling, and a coil no more than its duty cycle. Pure; times are CLOCK_BOOTTIME in ms and come
// from the caller. Judging an order uses its nonce up, whatever the verdict.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <vector>

#include "base/slot.hpp"

namespace seals::hardware {

struct PulseOrder {
    SlotNo slot = 0;
    std::array<std::uint8_t, 16> nonce{};
    std::int64_t pulse_ms = 0;
    std::int64_t not_after_ms = 0;
};

enum class PulseVerdict {
    allowed,
    unknown_slot,
    repeated,
    late,
    far_future,
    ceiling,
    duty,
    flooded  // more live orders than are remembered
};

class PulseLimits {
  public:
    struct Settings {
        SlotNo slots = 0;
        std::int64_t longest_ms = 1000;  // of one pulse
        std::int64_t rest_ms = 100;      // from the end of a pulse to the next on this line
        std::int64_t duty_percent = 50;  // of any minute, per line
        std::int64_t ahead_ms = 500;     // not_after may lie this far ahead
    };
    explicit PulseLimits(Settings settings) : settings_(settings), lines_(settings.slots) {}

    PulseVerdict judge(const PulseOrder& order, std::int64_t now_ms);
    void fired(const PulseOrder& order, std::int64_t now_ms);  // an allowed one moved the line

    static constexpr std::size_t kRemembered = 4096;  // nonces
    static constexpr std::int64_t kWindowMs = 60'000;

  private:
    struct Fired {
        std::int64_t at_ms;
        std::int64_t pulse_ms;
    };
    struct Seen {
        std::array<std::uint8_t, 16> nonce;
        std::int64_t not_after_ms;
    };
    bool remember(const PulseOrder& order, std::int64_t now_ms);
    bool tired(const PulseOrder& order, std::int64_t now_ms);

    Settings settings_;
    std::vector<std::deque<Fired>> lines_;  // slot n is element n - 1
    std::deque<Seen> seen_;                 // oldest first
    std::set<std::array<std::uint8_t, 16>> nonces_;
};

}  // namespace seals::hardware
