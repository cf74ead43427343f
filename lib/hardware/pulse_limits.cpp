#include "hardware/pulse_limits.hpp"

namespace seals::hardware {

// A nonce is forgotten only when it could not fire any more: its order is late by then.
bool PulseLimits::remember(const PulseOrder& order, std::int64_t now_ms) {
    if (seen_.size() >= kRemembered && seen_.front().not_after_ms < now_ms) {
        nonces_.erase(seen_.front().nonce);
        seen_.pop_front();
    }
    if (seen_.size() >= kRemembered) return false;
    nonces_.insert(order.nonce);
    seen_.push_back({order.nonce, order.not_after_ms});
    return true;
}

bool PulseLimits::tired(const PulseOrder& order, std::int64_t now_ms) {
    auto& line = lines_[order.slot - 1U];
    while (!line.empty() && line.front().at_ms <= now_ms - kWindowMs)
        line.pop_front();
    std::int64_t active_ms = order.pulse_ms;
    for (const auto& pulse : line)
        active_ms += pulse.pulse_ms;
    if (active_ms * 100 > settings_.duty_percent * kWindowMs) return true;
    if (line.empty()) return false;
    return now_ms < line.back().at_ms + line.back().pulse_ms + settings_.rest_ms;
}

PulseVerdict PulseLimits::judge(const PulseOrder& order, std::int64_t now_ms) {
    if (order.slot == 0 || order.slot > settings_.slots) return PulseVerdict::unknown_slot;
    if (nonces_.contains(order.nonce)) return PulseVerdict::repeated;
    if (now_ms > order.not_after_ms) return PulseVerdict::late;
    if (order.not_after_ms - now_ms > settings_.ahead_ms) return PulseVerdict::far_future;
    if (!remember(order, now_ms)) return PulseVerdict::flooded;
    if (order.pulse_ms < 1 || order.pulse_ms > settings_.longest_ms) return PulseVerdict::ceiling;
    if (tired(order, now_ms)) return PulseVerdict::duty;
    return PulseVerdict::allowed;
}

void PulseLimits::fired(const PulseOrder& order, std::int64_t now_ms) {
    lines_[order.slot - 1U].push_back({now_ms, order.pulse_ms});
}

}  // namespace seals::hardware
