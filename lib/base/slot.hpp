// SlotNo: a slot's position in its cabinet, from 1, as bolt, readers and the simulated cabinet
// count them. A SlotId is what people type; on a cabinet of ours it is that number ("7", also
// "07").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace seals {

using SlotNo = std::uint16_t;  // 0: no slot

inline constexpr SlotNo kMaxSlots = 999;  // of one cabinet

// 1..kMaxSlots in decimal digits; nullopt for anything else.
inline std::optional<SlotNo> slot_number(std::string_view text) {
    if (text.empty() || text.size() > 3) return std::nullopt;
    unsigned number = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    if (number == 0) return std::nullopt;
    return static_cast<SlotNo>(number);
}
inline std::optional<SlotNo> slot_number(const SlotId& id) {
    return slot_number(std::string_view(id.str()));
}
inline SlotId slot_id(SlotNo number) {
    return SlotId(std::to_string(number));
}

}  // namespace seals
