// World: the simulated cabinet as it stands, and its saved form. Plain data; no IO.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/slot.hpp"
#include "base/value.hpp"

namespace seals::simd {

enum class Fault { jam, no_open, no_shut, bounce, reader_hang, reader_gone };
std::string_view name_of(Fault fault);  // "no-open"
std::optional<Fault> fault_named(std::string_view text);
std::string all_faults();  // "jam, no-open, ..." for messages

struct Slot {
    bool latched = true;
    bool open = false;
    std::string tag{};  // what lies there: "T:YZ-0032"; empty: nothing
    std::set<Fault> faults{};
    bool line = false;            // the lock line is driven; saved apart from the rest
    std::int64_t line_since = 0;  // CLOCK_BOOTTIME ms of its last rise
    std::int64_t latches_at = 0;  // when an unlatched slot latches by itself
    std::int64_t forced = 0;      // how often its door was opened against the latch
};

struct Held {
    std::string tag;
    SlotNo from = 0;
};

struct Enrolled {
    Bytes uid;
    std::array<std::uint8_t, 16> key{};
    SlotNo home = 0;
};

struct World {
    std::string boot_id;
    std::vector<Slot> slots;                   // slot n is element n - 1
    std::map<std::string, Enrolled> enrolled;  // by seal
    std::vector<Held> hand;                    // taken out and not put back, latest last
    bool person_auto = false;
    std::int64_t clock_offset_ms = 0;
    std::uint32_t clock_steps = 0;

    Slot* slot(SlotNo number) {
        return number == 0 || number > slots.size() ? nullptr : &slots[number - 1U];
    }
};

Value to_value(const World& world);            // all but the lines
Result<World> world_from(const Value& saved);  // Code::corrupt: not what to_value wrote

}  // namespace seals::simd
