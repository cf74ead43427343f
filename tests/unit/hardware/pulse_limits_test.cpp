#include "hardware/pulse_limits.hpp"

#include <limits>
#include <random>

#include "catch.hpp"

using namespace seals;
using namespace seals::hardware;

namespace {

PulseOrder order(std::uint32_t number, SlotNo slot, std::int64_t not_after) {
    PulseOrder out{slot, {}, 200, not_after};
    for (std::size_t i = 0; i < 4; ++i)
        out.nonce[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return out;
}

}  // namespace

TEST_CASE("an order is allowed once, and its repetition never, early or late") {
    PulseLimits limits({4});
    auto one = order(1, 2, 1400);
    CHECK(limits.judge(one, 1000) == PulseVerdict::allowed);
    limits.fired(one, 1000);
    for (std::int64_t now : {1000, 1001, 1400, 1401, 9000})
        CHECK(limits.judge(one, now) == PulseVerdict::repeated);
}

TEST_CASE("a late order, and one from too far ahead, is refused") {
    PulseLimits limits({4});
    CHECK(limits.judge(order(1, 1, 999), 1000) == PulseVerdict::late);
    CHECK(limits.judge(order(2, 1, 1000), 1000) == PulseVerdict::allowed);
    CHECK(limits.judge(order(3, 1, 1501), 1000) == PulseVerdict::far_future);
    CHECK(limits.judge(order(4, 1, std::numeric_limits<std::int64_t>::max()), 1000) ==
          PulseVerdict::far_future);
    CHECK(limits.judge(order(5, 1, std::numeric_limits<std::int64_t>::min()), 1000) ==
          PulseVerdict::late);
}

TEST_CASE("a slot that is not there and a pulse beyond the ceiling are refused") {
    PulseLimits limits({4});
    CHECK(limits.judge(order(1, 0, 1100), 1000) == PulseVerdict::unknown_slot);
    CHECK(limits.judge(order(2, 5, 1100), 1000) == PulseVerdict::unknown_slot);
    auto longer = order(3, 1, 1100);
    longer.pulse_ms = 1001;
    CHECK(limits.judge(longer, 1000) == PulseVerdict::ceiling);
    auto none = order(4, 1, 1100);
    none.pulse_ms = 0;
    CHECK(limits.judge(none, 1000) == PulseVerdict::ceiling);
}

TEST_CASE("a refused order's nonce is used up") {
    PulseLimits limits({4});
    auto longer = order(3, 1, 1100);
    longer.pulse_ms = 5000;
    CHECK(limits.judge(longer, 1000) == PulseVerdict::ceiling);
    longer.pulse_ms = 200;
    CHECK(limits.judge(longer, 1000) == PulseVerdict::repeated);
}

TEST_CASE("a coil rests between pulses and never has more than its share of a minute") {
    PulseLimits limits({.slots = 2, .rest_ms = 2000, .duty_percent = 10});
    std::mt19937 dice(3);
    struct Pulse {
        std::int64_t at, ms;
    };
    std::vector<Pulse> pulses;
    std::uint32_t number = 0;
    for (std::int64_t now = 0; now < 300'000; now += static_cast<std::int64_t>(dice() % 700)) {
        auto next = order(++number, 1, now + 100);
        next.pulse_ms = 1 + static_cast<std::int64_t>(dice() % 1000);
        if (limits.judge(next, now) != PulseVerdict::allowed) continue;
        limits.fired(next, now);
        if (!pulses.empty()) CHECK(now - pulses.back().at - pulses.back().ms >= 2000);
        pulses.push_back({now, next.pulse_ms});
        std::int64_t share = 0;
        for (const auto& pulse : pulses)
            if (pulse.at > now - 60'000) share += pulse.ms;
        CHECK(share <= 6000);
    }
    CHECK(pulses.size() > 20);
    CHECK(limits.judge(order(++number, 2, 300'100), 300'000) == PulseVerdict::allowed);
}

TEST_CASE("a flood of nonces pushes no live one out of memory") {
    PulseLimits limits({2});
    auto first = order(0, 1, 1500);
    CHECK(limits.judge(first, 1000) == PulseVerdict::allowed);
    for (std::uint32_t i = 1; i < 6000; ++i) {
        auto verdict = limits.judge(order(i, 2, 1500), 1001);
        CHECK(verdict == (i < 4096 ? PulseVerdict::allowed : PulseVerdict::flooded));
    }
    CHECK(limits.judge(first, 1002) == PulseVerdict::repeated);
    CHECK(limits.judge(order(9000, 2, 1700), 1501) == PulseVerdict::allowed);
}
