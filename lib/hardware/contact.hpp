// Contact: the door switches of a cabinet. Port; loop thread only, never blocks. Edges come as the
// switch gives them, chatter included (debounce.hpp settles it). While the switches cannot be
// reached every door is Door::unknown; when they can be again, the snapshot callback tells all.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/slot.hpp"

namespace seals::hardware {

enum class Door : std::uint8_t { shut = 0, open = 1, unknown = 2 };
std::string_view name_of(Door door);

struct Edge {
    SlotNo slot = 0;
    Door door = Door::unknown;
    std::int64_t mono_ms = 0;  // CLOCK_BOOTTIME
};

class Contact {
  public:
    virtual ~Contact() = default;
    virtual void on_edge(std::function<void(Edge)> call) = 0;
    // Slot n is element n - 1. Called when the switches are reached and when they are lost.
    virtual void on_snapshot(std::function<void(const std::vector<Door>&)> call) = 0;
};

}  // namespace seals::hardware
