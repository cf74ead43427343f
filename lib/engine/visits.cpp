#include "engine/visits.hpp"

#include <algorithm>

#include "rules/state.hpp"

namespace seals::engine {

using rules::Stage;
using rules::TagReading;

namespace {

// Whether a sweep's reading tells something new: another thing in the slot than the seal that
// should be there, or the seal itself where it was not expected.
bool is_odd(const rules::Seal& home, const TagReading& reading) {
    bool there = reading.kind == TagReading::Kind::authentic && reading.seal == home.id;
    if (home.custody != Custody::in_slot) return there;
    return !there && reading.kind != TagReading::Kind::unreadable;
}

}  // namespace

Visits::Visits(loop::Loop& loop, Engine& engine, Cabinet& cabinet, VisitTimes times)
    : loop_(loop), engine_(engine), cabinet_(cabinet), times_(times) {
    sweep_ = loop_.every(times_.sweep, [this] { sweep(); });
}

void Visits::recorded(const std::vector<ledger::Recorded>& entries) {
    for (const auto& entry : entries)
        take(entry);
}

void Visits::take(const ledger::Recorded& entry) {
    using enum EventType;
    const auto& event = entry.event;
    SlotId slot(event.data.text_or("slot"));
    switch (event.type) {
        case slot_unlock_cmd:
            return unlock(entry);
        case slot_unlocked:
            release_waiters(event.session);
            watches_[slot].door = loop_.after(times_.door_timeout, [this, session = event.session] {
                engine_.observe(rules::DoorTimeout{session});
            });
            return;
        case slot_opened:
        case slot_forced:
            return opened(slot);
        case slot_closed:
            return closed(slot);
        case slot_unlock_abandoned:
            return release_waiters(event.session);
        case session_unknown:
            release_waiters(event.session);
            // At the start, the door is read before the tag: doors() brings us back.
            if (watches_[slot].told) settle_later(slot, times_.order_lives);
            return;
        case session_closed: {
            const auto* seal = engine_.state().seal(event.seal);
            return end_session(event.session, seal != nullptr ? seal->slot : SlotId{});
        }
        case seal_returned_unverified:
            return retry_later(slot);
        default:
            return;
    }
}

// The order is durable. One that took too long to get there may meet nobody at the door any more.
void Visits::unlock(const ledger::Recorded& entry) {
    const auto& event = entry.event;
    auto session = event.session;
    auto moment = engine_.moment();
    if (moment.mono_ms - entry.mono > times_.stale_order.count())
        return engine_.observe(rules::LineNotFired{session, "it took too long to record"});
    Order order{SlotId(event.data.text_or("slot")), event.data.text_or("nonce"),
                milliseconds{event.data.integer_or("pulse_ms")}};
    cabinet_.unlock(order, [this, session](const Answer& answer) { answered(session, answer); });
}

void Visits::answered(const SessionId& session, const Answer& answer) {
    switch (answer.fate) {
        case Fate::fired:
            return engine_.observe(rules::LineFired{session});
        case Fate::refused:
            return engine_.observe(rules::LineNotFired{session, answer.reason});
        case Fate::lost:
            return engine_.observe(rules::OutcomeLost{session});
    }
}

void Visits::opened(const SlotId& slot) {
    auto& watch = watches_[slot];
    watch.door = {};
    watch.settle = {};
    watch.look = loop_.every(times_.look, [this, slot] { look(slot); });
    watch.left_open =
        loop_.after(times_.left_open, [this, slot] { engine_.observe(rules::LeftOpen{slot}); });
}

void Visits::closed(const SlotId& slot) {
    auto& watch = watches_[slot];
    watch.look = {};
    watch.left_open = {};
    settle_later(slot, times_.settle_wait);
}

// While the door is open: has the seal left, has one come. Only what changes something is a fact.
void Visits::look(const SlotId& slot) {
    auto& watch = watches_[slot];
    if (watch.looking) return;
    watch.looking = true;
    cabinet_.read(slot, [this, slot, began = engine_.moment().now](TagReading reading) {
        watches_[slot].looking = false;
        reading.at = began;
        const auto& state = engine_.state();
        auto at = state.slots.find(slot);
        const auto* session = at != state.slots.end() ? state.session(at->second.session) : nullptr;
        if (session == nullptr || session->stage != Stage::open || session->moved) return;
        bool left = session->kind == "take" && reading.kind == TagReading::Kind::absent;
        bool came = session->kind == "return" && reading.kind == TagReading::Kind::authentic;
        if (left || came) engine_.observe(rules::TagRead{slot, std::move(reading), false});
    });
}

void Visits::settle_later(const SlotId& slot, milliseconds wait) {
    watches_[slot].settle = loop_.after(wait, [this, slot] { settle(slot); });
}

void Visits::settle(const SlotId& slot) {
    auto& watch = watches_[slot];
    const auto& state = engine_.state();
    auto at = state.slots.find(slot);
    if (at == state.slots.end() || at->second.open) return;  // shutting it will bring us back
    if (watch.settling) return settle_later(slot, times_.settle_wait);
    watch.settling = true;
    cabinet_.read(slot, [this, slot, began = engine_.moment().now](TagReading reading) {
        watches_[slot].settling = false;
        reading.at = began;
        engine_.observe(rules::TagRead{slot, std::move(reading), true});
        if (unsettled(slot)) retry_later(slot);
    });
}

// What is settled by then is left alone: one bad reading more would only cast doubt on it.
void Visits::retry_later(const SlotId& slot) {
    watches_[slot].settle = loop_.after(times_.retry, [this, slot] {
        if (unsettled(slot)) settle(slot);
    });
}

// A seal that waits for verification, or a visit whose outcome is not known: read again until
// known.
bool Visits::unsettled(const SlotId& slot) const {
    const auto& state = engine_.state();
    const auto* seal = state.seal_at(slot);
    auto at = state.slots.find(slot);
    bool waits = seal != nullptr && seal->custody == Custody::returned_unverified;
    return waits || (at != state.slots.end() && at->second.frozen);
}

void Visits::end_session(const SessionId& session, const SlotId& slot) {
    release_waiters(session);
    if (slot.empty()) return;
    watches_[slot].door = {};
    cabinet_.end_visit(slot);
}

void Visits::await_order(const SessionId& session, std::function<void()> call) {
    const auto* known = engine_.state().session(session);
    if (known == nullptr || known->stage != Stage::promised) return loop_.post(std::move(call));
    waiters_[session].push_back(std::move(call));
}

void Visits::release_waiters(const SessionId& session) {
    auto found = waiters_.find(session);
    if (found == waiters_.end()) return;
    auto calls = std::move(found->second);
    waiters_.erase(found);
    for (auto& call : calls)
        loop_.post(std::move(call));
}

void Visits::doors(const std::vector<std::pair<SlotId, bool>>& open) {
    for (const auto& [slot, is_open] : open) {
        watches_[slot].told = true;
        engine_.observe(rules::DoorMoved{slot, is_open, true});
        if (is_open)
            opened(slot);
        else
            settle_later(slot, times_.settle_wait);
    }
}

void Visits::sweep() {
    std::vector<SlotId> slots;
    for (const auto& [id, slot] : engine_.state().slots)
        if (!slot.open && slot.session.empty()) slots.push_back(id);
    sweep_slot(std::move(slots));
}

// One slot after the other, so that a sweep never keeps a visit's readings waiting. What is odd is
// believed when further readings, over a while, say the same.
void Visits::sweep_slot(std::vector<SlotId> left) {
    if (left.empty()) return;
    auto slot = left.back();
    left.pop_back();
    cabinet_.read(slot, [this, slot, left = std::move(left)](const TagReading& first) mutable {
        if (is_odd_at(slot, first) && !watches_[slot].again) read_again(slot, first, 1);
        sweep_slot(std::move(left));
    });
}

void Visits::read_again(const SlotId& slot, const TagReading& first, int said) {
    auto wait = times_.odd_time / std::max(times_.odd_reads - 1, 1);
    watches_[slot].again = loop_.after(wait, [this, slot, first, said] {
        watches_[slot].again = {};
        cabinet_.read(slot,
                      [this, slot, first, said, began = engine_.moment().now](TagReading reading) {
                          bool same = reading.kind == first.kind && reading.seal == first.seal;
                          if (!same || !is_odd_at(slot, reading)) return;
                          if (said + 1 < times_.odd_reads) return read_again(slot, first, said + 1);
                          reading.at = began;
                          engine_.observe(rules::TagRead{slot, std::move(reading), true});
                      });
    });
}

bool Visits::is_odd_at(const SlotId& slot, const TagReading& reading) const {
    const auto* seal = engine_.state().seal_at(slot);
    return seal != nullptr && is_odd(*seal, reading);
}

}  // namespace seals::engine
