// TagReader: speaks to the tag that lies in a slot. Port; one instance belongs to one worker
// thread. Both calls block, at most until their deadline (an adapter over PC/SC may be stuck for
// longer: its worker is then abandoned). Errors: Code::not_found no tag in the slot, Code::timeout
// no answer by the deadline, Code::unavailable the reader is gone. An answer of no bytes is a tag
// that fell silent.
#pragma once

#include <chrono>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/slot.hpp"

namespace seals::hardware {

class TagReader {
  public:
    using Deadline = std::chrono::steady_clock::time_point;

    virtual ~TagReader() = default;
    virtual Result<Bytes> transmit(SlotNo slot, ByteView apdu, Deadline deadline) = 0;
    virtual Result<bool> present(SlotNo slot, Deadline deadline) = 0;  // something lies there
};

}  // namespace seals::hardware
