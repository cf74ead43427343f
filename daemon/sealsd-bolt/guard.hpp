// Guard: a second process that idles a line when bolt does not: at the pulse's end plus 100 ms, or
// as soon as bolt is gone. It is told of each pulse before the line is driven, and agrees only
// after it has idled that very line by its own way. Blocks its caller for at most kAgree.
#pragma once

#include <cstdint>

#include <sys/types.h>

#include "base/fd.hpp"
#include "base/instant.hpp"
#include "base/slot.hpp"
#include "hardware/lock.hpp"

namespace seals::bolt {

class Guard {
  public:
    // Forks. Call before any other thread, socket or line of this process. The child lives in
    // here, with `lock` as its own way to the lines, and never returns.
    static Guard start(hardware::Lock& lock);

    enum class Answer { agreed, no_lines, gone };
    Answer watch(SlotNo slot, std::int64_t until_ms);  // CLOCK_BOOTTIME
    void release(SlotNo slot);                         // the line is idle

    int fd() const { return pipe_.get(); }  // readable outside of watch(): the guard is gone
    pid_t pid() const { return pid_; }

    static constexpr milliseconds kGrace{100};
    static constexpr milliseconds kAgree{150};

  private:
    Guard(Fd pipe, pid_t pid) : pipe_(std::move(pipe)), pid_(pid) {}
    Fd pipe_;
    pid_t pid_;
};

}  // namespace seals::bolt
