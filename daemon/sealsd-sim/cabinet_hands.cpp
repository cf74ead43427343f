// Cabinet: what persons do to it.
#include <algorithm>

#include "cabinet.hpp"
#include "loop/system_clock.hpp"

namespace seals::simd {
namespace {

constexpr std::int64_t kChatterMs = 100;
constexpr milliseconds kChatterStep{1};

Error stuck(SlotNo number, Fault fault) {
    return {Code::no,
            "the door of slot " + std::to_string(number) + " does not move: fault " +
                std::string(name_of(fault)),
            "sealctl sim fault " + std::to_string(number) + " clear"};
}

}  // namespace

Result<Slot*> Cabinet::at(SlotNo number) {
    if (auto* slot = world_.slot(number)) return slot;
    return Error{Code::not_found, "there is no slot " + std::to_string(number),
                 "slots are 1 to " + std::to_string(world_.slots.size()), "slot"};
}

void Cabinet::move_door(SlotNo number, Slot& slot, bool open) {
    slot.open = open;
    if (!open && !slot.line) {
        slot.latched = true;
        latching_.erase(number);
    }
    save();
    bool chatters = slot.faults.contains(Fault::bounce);
    if (chatters)
        chatter(number);
    else
        chatter_.erase(number);
    calls_.edge({number, open, loop::boottime_ms()});
}

// About a thousand edges a second for a tenth of one, then the truth.
void Cabinet::chatter(SlotNo number) {
    auto until = loop::boottime_ms() + kChatterMs;
    auto step = [this, number] {
        auto& chatter = chatter_[number];
        auto now = loop::boottime_ms();
        bool truth = world_.slot(number)->open;
        bool over = now >= chatter.until_ms;
        bool level = over ? truth : !chatter.shown;
        bool changed = level != chatter.shown;
        chatter.shown = level;
        if (over) chatter_.erase(number);
        if (changed) calls_.edge({number, level, now});
    };
    chatter_[number] = {loop_.every(kChatterStep, step), until, world_.slot(number)->open};
}

Result<bool> Cabinet::open(SlotNo number) {
    auto slot = at(number);
    if (!slot) return slot.error();
    auto& s = **slot;
    if (s.open) return false;
    if (s.faults.contains(Fault::no_open)) return stuck(number, Fault::no_open);
    bool forced = s.latched;
    if (forced) ++s.forced;
    move_door(number, s, true);
    return forced;
}

Status Cabinet::shut(SlotNo number) {
    auto slot = at(number);
    if (!slot) return slot.error();
    auto& s = **slot;
    if (!s.open) return {};
    if (s.faults.contains(Fault::no_shut)) return stuck(number, Fault::no_shut);
    move_door(number, s, false);
    return {};
}

void Cabinet::leave_place(const std::string& tag) {
    for (auto& slot : world_.slots)
        if (same_body(slot.tag, tag)) slot.tag.clear();
    auto held = std::ranges::find_if(
        world_.hand, [&](const Held& one) { return one.tag == tag || same_body(one.tag, tag); });
    if (held != world_.hand.end()) world_.hand.erase(held);
}

Result<std::string> Cabinet::insert(SlotNo number, const std::string& tag) {
    auto slot = at(number);
    if (!slot) return slot.error();
    if (auto status = tags_.check(tag); !status) return status.error();
    leave_place(tag);
    auto before = (*slot)->tag;
    if (!before.empty()) world_.hand.push_back({before, number});
    (*slot)->tag = tag;
    save();
    return before;
}

Result<std::string> Cabinet::remove(SlotNo number) {
    auto slot = at(number);
    if (!slot) return slot.error();
    if ((*slot)->tag.empty())
        return Error{Code::no, "slot " + std::to_string(number) + " holds no tag"};
    auto tag = std::exchange((*slot)->tag, {});
    world_.hand.push_back({tag, number});
    save();
    return tag;
}

std::string Cabinet::hand_for(SlotNo number) const {
    auto belongs = [&](const Held& held) {
        auto name = TagName::of(held.tag);
        auto known = name ? world_.enrolled.find(name->seal) : world_.enrolled.end();
        return known != world_.enrolled.end() && known->second.home == number;
    };
    auto came = [&](const Held& held) { return held.from == number; };
    auto last = std::find_if(world_.hand.rbegin(), world_.hand.rend(), belongs);
    if (last == world_.hand.rend())
        last = std::find_if(world_.hand.rbegin(), world_.hand.rend(), came);
    return last == world_.hand.rend() ? std::string() : last->tag;
}

Status Cabinet::set_fault(SlotNo number, Fault fault) {
    auto slot = at(number);
    if (!slot) return slot.error();
    (*slot)->faults.insert(fault);
    save();
    return {};
}

Status Cabinet::clear_faults(SlotNo number) {
    auto slot = at(number);
    if (!slot) return slot.error();
    (*slot)->faults.clear();
    save();
    return {};
}

void Cabinet::set_person(bool automatic) {
    world_.person_auto = automatic;
    save();
    for (SlotNo number = 1; number <= world_.slots.size(); ++number)
        if (!world_.slot(number)->latched) calls_.unlatched(number);
}

void Cabinet::step_clock(std::int64_t by_ms) {
    world_.clock_offset_ms += by_ms;
    ++world_.clock_steps;
    save();
    calls_.clock(clock());
}

}  // namespace seals::simd
