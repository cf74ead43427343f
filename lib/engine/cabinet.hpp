// Cabinet: what the engine needs of the hardware, as one port. Loop thread only; no call blocks,
// and every callback comes later, on the loop. The real one (daemon/sealsd/cabinet) speaks to
// sealsd-bolt, to one worker per tag reader and, on a simulated cabinet, to sealsd-sim.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "rules/command.hpp"

namespace seals::engine {

struct Order {
    SlotId slot;
    std::string nonce;  // 32 hex digits; bolt fires each at most once
    milliseconds pulse{0};
};

// refused: nothing moved and nothing will. lost: nobody knows.
enum class Fate { fired, refused, lost };

struct Answer {
    Fate fate = Fate::lost;
    std::string reason;
};

class Cabinet {
  public:
    virtual ~Cabinet() = default;
    virtual void unlock(const Order& order, std::function<void(Answer)> done) = 0;
    virtual void end_visit(const SlotId& slot) = 0;  // the latch need not wait any longer
    // One authentication attempt; answers within the reader's deadline, unreadable at worst.
    virtual void read(const SlotId& slot, std::function<void(rules::TagReading)> done) = 0;
    // Tag keys by uid (hex), from now on. Simulated cabinets make the tag and put it into its slot.
    virtual void enrol(const SealId& seal, const std::string& uid, const Bytes& key,
                       const SlotId& home) = 0;
};

}  // namespace seals::engine
