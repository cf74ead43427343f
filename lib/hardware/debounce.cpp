#include "hardware/debounce.hpp"

namespace seals::hardware {

std::string_view name_of(Door door) {
    switch (door) {
        case Door::shut:
            return "shut";
        case Door::open:
            return "open";
        case Door::unknown:
            break;
    }
    return "unknown";
}

void Debounce::reset(Door door) {
    told_ = seen_ = door;
    moving_ = false;
}

void Debounce::see(Door door, std::int64_t mono_ms) {
    if (door == seen_) return;
    seen_ = door;
    if (!moving_) first_ms_ = mono_ms;
    moving_ = true;
    last_ms_ = mono_ms;
}

std::optional<std::int64_t> Debounce::due() const {
    if (!moving_) return std::nullopt;
    return last_ms_ + settle_ms_;
}

std::optional<Edge> Debounce::settle(SlotNo slot, std::int64_t now_ms) {
    if (!moving_ || now_ms < last_ms_ + settle_ms_) return std::nullopt;
    moving_ = false;
    if (seen_ == told_) return std::nullopt;
    told_ = seen_;
    return Edge{slot, told_, first_ms_};
}

}  // namespace seals::hardware
