#include "doors.hpp"

#include <algorithm>
#include <optional>

#include "loop/system_clock.hpp"

namespace seals::bolt {
namespace {

helper::DoorState told(hardware::Door door) {
    switch (door) {
        case hardware::Door::shut:
            return helper::DoorState::shut;
        case hardware::Door::open:
            return helper::DoorState::open;
        case hardware::Door::unknown:
            break;
    }
    return helper::DoorState::unknown;
}

}  // namespace

Doors::Doors(loop::Loop& loop, hardware::Contact& contact, SlotNo slots, milliseconds settle_time,
             Calls calls)
    : loop_(loop),
      doors_(slots, hardware::Debounce(settle_time.count())),
      calls_(std::move(calls)) {
    contact.on_edge([this](hardware::Edge edge) { see(edge); });
    contact.on_snapshot([this](const std::vector<hardware::Door>& doors) { reset(doors); });
}

std::vector<helper::DoorState> Doors::all() const {
    std::vector<helper::DoorState> out;
    for (const auto& door : doors_)
        out.push_back(told(door.door()));
    return out;
}

void Doors::reset(const std::vector<hardware::Door>& doors) {
    for (std::size_t i = 0; i < doors_.size() && i < doors.size(); ++i)
        doors_[i].reset(doors[i]);
    calls_.snapshot(std::ranges::find(doors, hardware::Door::unknown) == doors.end());
}

void Doors::see(hardware::Edge edge) {
    if (edge.slot == 0 || edge.slot > doors_.size()) return;
    doors_[edge.slot - 1U].see(edge.door, edge.mono_ms);
    settle();
}

void Doors::settle() {
    auto now = loop::boottime_ms();
    std::optional<std::int64_t> next;
    for (SlotNo slot = 1; slot <= doors_.size(); ++slot) {
        auto& door = doors_[slot - 1U];
        if (auto edge = door.settle(slot, now))
            calls_.edge({slot, told(edge->door), edge->mono_ms});
        if (auto due = door.due()) next = next ? std::min(*next, *due) : *due;
    }
    timer_ = next ? loop_.after(milliseconds(*next - now), [this] { settle(); }) : loop::Timer{};
}

}  // namespace seals::bolt
