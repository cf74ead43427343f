#include "pulses.hpp"

#include <utility>

#include "base/log.hpp"
#include "loop/system_clock.hpp"

namespace seals::bolt {
namespace {

using hardware::PulseOrder;
using hardware::PulseVerdict;
using helper::BoltFrame;
using helper::Refusal;

constexpr milliseconds kRetry{10};

Refusal reason_of(PulseVerdict verdict) {
    switch (verdict) {
        case PulseVerdict::unknown_slot:
            return Refusal::unknown_slot;
        case PulseVerdict::repeated:
            return Refusal::repeated;
        case PulseVerdict::late:
            return Refusal::late;
        case PulseVerdict::far_future:
            return Refusal::far_future;
        case PulseVerdict::ceiling:
            return Refusal::ceiling;
        case PulseVerdict::duty:
            return Refusal::duty;
        case PulseVerdict::flooded:
        case PulseVerdict::allowed:
            break;
    }
    return Refusal::busy;
}

}  // namespace

Pulses::Pulses(loop::Loop& loop, hardware::Lock& lock, Guard& guard,
               hardware::PulseLimits::Settings settings, Send send)
    : loop_(loop),
      lock_(lock),
      guard_(guard),
      settings_(settings),
      limits_(settings),
      send_(std::move(send)) {}

void Pulses::refuse(const helper::Nonce& nonce, Refusal reason) {
    log(Priority::warning, "bolt", "refused an order",
        {{"reason", name_of(reason)}, {"nonce", to_hex(nonce)}});
    send_(BoltFrame::refused, encode(helper::Refused{nonce, reason}));
}

void Pulses::carry_out(const helper::UnlockOrder& asked) {
    PulseOrder order{asked.slot, asked.nonce, asked.pulse.count(), asked.not_after_ms};
    auto verdict = limits_.judge(order, loop::boottime_ms());
    bool allowed = verdict == PulseVerdict::allowed;
    if (running_.contains(order.slot) && (allowed || verdict == PulseVerdict::duty))
        return refuse(order.nonce, Refusal::busy);
    if (!allowed) return refuse(order.nonce, reason_of(verdict));
    switch (guard_.watch(order.slot, loop::boottime_ms() + order.pulse_ms)) {
        case Guard::Answer::agreed:
            return fire(order);
        case Guard::Answer::no_lines:
            return refuse(order.nonce, Refusal::no_lines);
        case Guard::Answer::gone:
            break;
    }
    guard_gone_ = true;
    refuse(order.nonce, Refusal::guard);
}

void Pulses::fire(const PulseOrder& order) {
    if (loop::boottime_ms() > order.not_after_ms) {  // the guard took its time, or we were stopped
        guard_.release(order.slot);
        return refuse(order.nonce, Refusal::late);
    }
    auto since = lock_.energise(order.slot);
    if (since) return start(order, *since);
    if (since.error().code != Code::timeout) {
        guard_.release(order.slot);
        return refuse(order.nonce, since.error().code == Code::not_found ? Refusal::unknown_slot
                                                                         : Refusal::no_lines);
    }
    // Driven or not: idle it, here or by the guard, which stays on watch until it is.
    limits_.fired(order, loop::boottime_ms());
    if (lock_.idle(order.slot)) guard_.release(order.slot);
    send_(BoltFrame::unsure, to_bytes(order.nonce));
}

void Pulses::start(const PulseOrder& order, std::int64_t since_ms) {
    limits_.fired(order, since_ms);
    running_[order.slot] = {
        order.nonce, since_ms,
        loop_.after(milliseconds(order.pulse_ms), [this, slot = order.slot] { finish(slot); })};
    send_(BoltFrame::fired, encode(helper::Fired{order.nonce, since_ms}));
}

void Pulses::finish(SlotNo slot) {
    auto& running = running_.at(slot);
    if (auto idle = lock_.idle(slot); !idle) {
        log(Priority::error, "bolt", "a line does not idle; trying again",
            {{"slot", std::to_string(slot)}, {"why", idle.error().detail}});
        running.timer = loop_.after(kRetry, [this, slot] { finish(slot); });
        return;
    }
    guard_.release(slot);
    helper::Done done{running.nonce, milliseconds(loop::boottime_ms() - running.since_ms)};
    running_.erase(slot);
    send_(BoltFrame::done, encode(done));
}

bool Pulses::idle_all() {
    while (!running_.empty()) {
        auto slot = running_.begin()->first;
        if (!lock_.idle(slot)) break;  // the guard still watches it
        guard_.release(slot);
        running_.erase(slot);
    }
    return idle_unused() && running_.empty();
}

bool Pulses::idle_unused() {
    for (SlotNo slot = 1; slot <= settings_.slots; ++slot) {
        if (running_.contains(slot)) continue;
        auto idle = lock_.idle(slot);
        if (idle || idle.error().code == Code::not_found) continue;
        if (!std::exchange(unreached_, true))  // it is tried again and again
            log(Priority::error, "bolt", "the lines cannot be reached",
                {{"why", idle.error().detail}});
        return false;
    }
    unreached_ = false;
    return true;
}

}  // namespace seals::bolt
