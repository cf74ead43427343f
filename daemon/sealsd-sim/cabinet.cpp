// Cabinet: its electronics. cabinet_hands.cpp has what persons do.
#include "cabinet.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/log.hpp"
#include "loop/system_clock.hpp"

namespace seals::simd {
namespace {

using helper::SimStatus;

constexpr milliseconds kSlowTag{300};
constexpr milliseconds kSyncAfter{500};  // one sync for all that happened meanwhile
constexpr std::size_t kPulsesTold = 10'000;

bool has(const Slot& slot, Fault fault) {
    return slot.faults.contains(fault);
}

}  // namespace

Cabinet::Cabinet(loop::Loop& loop, Store& store, World world, Settings settings, Calls calls)
    : loop_(loop),
      store_(store),
      world_(std::move(world)),
      settings_(settings),
      calls_(std::move(calls)),
      tags_(world_) {
    settle_lines();
    for (SlotNo number = 1; number <= world_.slots.size(); ++number)
        if (!world_.slot(number)->latched) latch_later(number, *world_.slot(number));
}

// A former process may have died between the trace's line and the world's file, or the machine may
// have been off: then no line is driven any more.
void Cabinet::settle_lines() {
    auto boot_id = loop::SystemClock().boot_id();
    bool same_boot = world_.boot_id == boot_id;
    auto traced = store_.pulses(kPulsesTold);
    for (SlotNo number = 1; number <= world_.slots.size(); ++number) {
        auto& slot = *world_.slot(number);
        bool told = traced && std::ranges::any_of(*traced->array(), [&](const Value& pulse) {
                        return pulse.text_or("slot") == std::to_string(number) &&
                               pulse.integer_or("mono") == slot.line_since;
                    });
        if (slot.line && told) slot.line = false;
        if (slot.line && !same_boot) {
            slot.line = false;
            (void)store_.trace({slot.line_since, number, 0, "power"});
        }
        if (!same_boot) slot.latched = true;
        (void)store_.save_line(number, slot);
    }
    world_.boot_id = boot_id;
    save();
}

// A world that cannot be saved must not go on: after a restart it would be another one.
void Cabinet::give_up(const Error& why) {
    log(Priority::error, "sim", "the world could not be saved; stopping", {{"why", why.detail}});
    std::_Exit(row_of(Code::unavailable).exit);
}

void Cabinet::save() {
    if (auto status = store_.save(world_); !status) give_up(status.error());
    if (!syncing_)
        syncing_ = loop_.after(kSyncAfter, [this] {
            syncing_ = {};
            store_.sync();
        });
}

void Cabinet::close() {
    save();
    store_.sync();
}

std::vector<bool> Cabinet::open_doors() const {
    std::vector<bool> open;
    for (const auto& slot : world_.slots)
        open.push_back(slot.open);
    return open;
}

Result<Value> Cabinet::pulses() const {
    auto pulses = store_.pulses(kPulsesTold);
    if (!pulses) return pulses;
    auto now = loop::boottime_ms();
    for (SlotNo number = 1; number <= world_.slots.size(); ++number) {
        const auto& slot = world_.slots[number - 1U];
        Pulse running{slot.line_since, number, now - slot.line_since, "not_yet"};
        if (slot.line) pulses->array()->push_back(to_value(running));
    }
    return pulses;
}

// The level and the trace are down before the answer goes; the rest of the world follows it, and a
// process that dies in between has lost no more than that a latch sprang.
helper::SimLine Cabinet::set_line(SlotNo number, bool active) {
    auto* slot = world_.slot(number);
    if (slot == nullptr) return {number, SimStatus::no_slot};
    auto now = loop::boottime_ms();
    if (active == slot->line) return {number, SimStatus::ok, active, slot->line_since};
    slot->line = active;
    if (active) slot->line_since = now;
    Status kept;
    if (!active) kept = store_.trace({slot->line_since, number, now - slot->line_since});
    if (kept) kept = store_.save_line(number, *slot);
    if (!kept) give_up(kept.error());
    if (active && !has(*slot, Fault::jam)) unlatch(number, *slot, now);
    return {number, SimStatus::ok, active, now};
}

void Cabinet::unlatch(SlotNo number, Slot& slot, std::int64_t now) {
    slot.latched = false;
    slot.latches_at = now + settings_.unlatched_for.count();
    latch_later(number, slot);
    saving_ = loop_.after(milliseconds(0), [this] { save(); });
    calls_.unlatched(number);
}

void Cabinet::latch_later(SlotNo number, const Slot& slot) {
    auto wait = milliseconds(slot.latches_at - loop::boottime_ms());
    latching_[number] = loop_.after(wait, [this, number] { relatch(number); });
}

SimStatus Cabinet::relatch(SlotNo number) {
    auto* slot = world_.slot(number);
    if (slot == nullptr) return SimStatus::no_slot;
    latching_.erase(number);
    if (slot->latched) return SimStatus::ok;
    slot->latched = true;
    save();
    return SimStatus::ok;
}

SimStatus Cabinet::enrol(const helper::SimTag& tag) {
    if (tag.home > world_.slots.size()) return SimStatus::no_slot;
    const auto& seal = tag.seal.str();
    auto known = world_.enrolled.find(seal);
    bool first = known == world_.enrolled.end();
    if (!first && known->second.uid == tag.uid && known->second.key == tag.key &&
        known->second.home == tag.home)
        return SimStatus::ok;
    world_.enrolled.insert_or_assign(seal, Enrolled{tag.uid, tag.key, tag.home});
    tags_.forget(seal);
    auto* home = world_.slot(tag.home);
    if (first && home != nullptr && home->tag.empty())
        home->tag = "T:" + seal;
    else if (first)
        world_.hand.push_back({"T:" + seal, tag.home});
    save();
    return SimStatus::ok;
}

Reply Cabinet::transmit(SlotNo number, ByteView apdu) {
    auto* slot = world_.slot(number);
    if (slot == nullptr) return {false, {}, {SimStatus::no_slot}};
    if (has(*slot, Fault::reader_hang)) return {true};
    if (has(*slot, Fault::reader_gone)) return {false, {}, {SimStatus::reader_gone}};
    if (slot->tag.empty()) return {false, {}, {SimStatus::no_tag}};
    bool slow = TagName::of(slot->tag)->kind == TagName::Kind::slow;
    return {false,
            slow ? kSlowTag : milliseconds(0),
            {SimStatus::ok, tags_.answer(number, slot->tag, apdu)}};
}

helper::SimAnswer Cabinet::presence(SlotNo number) {
    auto* slot = world_.slot(number);
    if (slot == nullptr) return {SimStatus::no_slot, {0}};
    if (has(*slot, Fault::reader_gone)) return {SimStatus::reader_gone, {0}};
    return {SimStatus::ok, {slot->tag.empty() ? std::uint8_t{0} : std::uint8_t{1}}};
}

}  // namespace seals::simd
