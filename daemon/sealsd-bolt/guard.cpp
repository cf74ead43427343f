#include "guard.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.hpp"
#include "loop/system_clock.hpp"

namespace seals::bolt {
namespace {

constexpr std::int64_t kRetryMs = 10;
constexpr std::int64_t kGiveUpMs = 10'000;  // after bolt is gone; its next start idles all lines

struct Note {               // both ends are one binary
    std::int64_t until_ms;  // 0: the line is idle
    SlotNo slot;
    std::uint8_t good;
};

std::optional<Note> receive(int fd) {
    Note note{};
    auto got = ::recv(fd, &note, sizeof note, MSG_DONTWAIT);
    return got == sizeof note ? std::optional(note) : std::nullopt;
}

bool wait_readable(int fd, std::int64_t at_most_ms) {
    pollfd poll_for{fd, POLLIN, 0};
    return ::poll(&poll_for, 1, static_cast<int>(std::clamp<std::int64_t>(at_most_ms, 0, 60'000))) >
           0;
}

// The guard's own process.
class Watcher {
  public:
    Watcher(Fd pipe, hardware::Lock& lock) : pipe_(std::move(pipe)), lock_(lock) {}

    [[noreturn]] void run() {
        while (true) {
            if (wait_readable(pipe_.get(), wait_ms()) && !take()) leave();
            idle_due(loop::boottime_ms());
        }
    }

  private:
    std::int64_t wait_ms() const {
        std::int64_t next = loop::boottime_ms() + 60'000;
        for (const auto& [slot, due] : due_)
            next = std::min(next, due);
        return next - loop::boottime_ms();
    }

    bool take() {
        auto note = receive(pipe_.get());
        if (!note) return false;
        if (note->until_ms == 0) {
            due_.erase(note->slot);
            return true;
        }
        note->good = lock_.idle(note->slot) ? 1 : 0;
        if (note->good == 1) due_[note->slot] = note->until_ms + Guard::kGrace.count();
        return ::send(pipe_.get(), &*note, sizeof *note, MSG_NOSIGNAL) == sizeof *note;
    }

    void idle_due(std::int64_t now) {
        for (auto at = due_.begin(); at != due_.end();) {
            if (at->second > now) {
                ++at;
            } else if (lock_.idle(at->first)) {
                log(Priority::warning, "guard", "idled a line that bolt had not",
                    {{"slot", std::to_string(at->first)}});
                at = due_.erase(at);
            } else {
                (at++)->second = now + kRetryMs;
            }
        }
    }

    [[noreturn]] void leave() {
        auto give_up = loop::boottime_ms() + kGiveUpMs;
        for (auto& [slot, due] : due_)
            due = 0;
        while (!due_.empty() && loop::boottime_ms() < give_up) {
            idle_due(loop::boottime_ms());
            if (!due_.empty()) ::poll(nullptr, 0, static_cast<int>(kRetryMs));
        }
        ::_exit(due_.empty() ? 0 : 1);
    }

    Fd pipe_;
    hardware::Lock& lock_;
    std::map<SlotNo, std::int64_t> due_;  // when to idle
};

}  // namespace

Guard Guard::start(hardware::Lock& lock) {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
    Fd ours(ends[0]);
    Fd theirs(ends[1]);
    auto pid = ::fork();
    if (pid < 0) std::abort();
    if (pid > 0) return {std::move(ours), pid};
    ours.reset();
    ::prctl(PR_SET_NAME, "bolt-guard");
    for (int signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE})  // it goes when bolt has gone
        std::signal(signal, SIG_IGN);
    Watcher(std::move(theirs), lock).run();
}

Guard::Answer Guard::watch(SlotNo slot, std::int64_t until_ms) {
    Note note{until_ms, slot, 0};
    if (::send(pipe_.get(), &note, sizeof note, MSG_NOSIGNAL | MSG_DONTWAIT) != sizeof note)
        return Answer::gone;
    if (!wait_readable(pipe_.get(), kAgree.count())) return Answer::gone;
    auto answer = receive(pipe_.get());
    if (!answer || answer->slot != slot || answer->until_ms != until_ms) return Answer::gone;
    return answer->good == 1 ? Answer::agreed : Answer::no_lines;
}

void Guard::release(SlotNo slot) {
    Note note{0, slot, 0};
    (void)::send(pipe_.get(), &note, sizeof note, MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace seals::bolt
