// Store: the world's file (state.json, replaced as a whole), the levels of the lines (lines.bin,
// one row per slot written in place, for a pulse must not wait for the rest) and the pulse trace
// (trace.ndjson, only ever appended to). What was written survives the death of this process at
// once, and the machine's after sync(). One thread; blocks on the disk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/fd.hpp"
#include "base/result.hpp"
#include "world.hpp"

namespace seals::simd {

struct Pulse {
    std::int64_t mono_ms = 0;  // CLOCK_BOOTTIME when the line became active
    SlotNo slot = 0;
    std::int64_t active_ms = 0;
    std::string ended{};  // empty: the line was told to idle; else why it ended without
};
Value to_value(const Pulse& pulse);

class Store {
  public:
    // Errors: Code::conflict another sealsd-sim has the directory, Code::unavailable the disk.
    static Result<Store> open(const std::string& dir);

    Result<std::optional<World>> load();  // nullopt: nothing was saved yet
    Status save_line(SlotNo number, const Slot& slot);
    Status save(const World& world);
    Status trace(const Pulse& pulse);
    Result<Value> pulses(std::size_t most) const;  // the latest, oldest first
    void sync();

  private:
    void load_lines(World& world) const;

    std::string dir_;
    Fd lock_;
    Fd lines_;
    Fd trace_;
};

}  // namespace seals::simd
