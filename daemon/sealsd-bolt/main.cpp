// sealsd-bolt: energises lock lines for milliseconds, and can do nothing else. Its guard is forked
// before anything is opened; its lines are idle at its start, at its end and whenever sealsd is not
// there.
#include <csignal>
#include <cstdio>
#include <optional>

#include <sys/stat.h>

#include "base/about.hpp"
#include "base/log.hpp"
#include "config_flags.hpp"
#include "doors.hpp"
#include "flags.hpp"
#include "guard.hpp"
#include "hardware/sim/lines.hpp"
#include "loop/inherited.hpp"
#include "loop/system_clock.hpp"
#include "pulses.hpp"
#include "server.hpp"

using namespace seals;
using namespace seals::bolt;

namespace {

constexpr milliseconds kLinesWait{5000};  // at the start, for the lines to be there
constexpr milliseconds kLinesRetry{50};

int fail(const Error& error) {
    log(Priority::error, "bolt", error.detail, {{"remedy", error.remedy}});
    return row_of(error.code).exit;
}

// Parts are made in the order in which they need each other; the loop calls into them only later.
class Bolt {
  public:
    Bolt(const Flags& flags, Guard& guard)
        : flags_(flags),
          locks_(flags.sim),
          pulses_(loop_, locks_, guard, flags.limits,
                  [this](helper::BoltFrame kind, const Bytes& payload) {
                      if (server_) server_->send(kind, payload);
                  }),
          contacts_(loop_, flags.sim, flags.limits.slots),
          doors_(loop_, contacts_, flags.limits.slots, flags.settle,
                 {[this](helper::ContactEdge edge) {
                      if (server_) server_->tell(edge);
                  },
                  [this](bool reached) { take_snapshot(reached); }}) {
        guard_watch_ = loop_.readable(guard.fd(), [this] { stop(row_of(Code::unavailable).exit); });
        term_ = loop_.on_signal(SIGTERM, [this] { stop(0); });
        interrupt_ = loop_.on_signal(SIGINT, [this] { stop(0); });
    }

    int run() {
        auto give_up = loop::boottime_ms() + kLinesWait.count();
        while (!pulses_.idle_all()) {
            if (loop::boottime_ms() > give_up)
                return fail(unavailable("the lock lines cannot be reached at " + flags_.sim,
                                        "start sealsd-sim first"));
            loop_.run_once(kLinesRetry);
        }
        auto listener = Result<Fd>(loop::inherited_socket(flags_.socket));
        if (!*listener) listener = helper::listen_unix(flags_.socket, flags_.mode);
        if (!listener) return fail(listener.error());
        server_.emplace(
            loop_, std::move(*listener), flags_.peer,
            Server::Calls{[this](const helper::UnlockOrder& order) { unlock(order); },
                          [this] { pulses_.idle_all(); }, [this] { pulses_.idle_all(); },
                          [this] { return doors_.all(); }});
        log(Priority::info, "bolt", "ready", {{"slots", std::to_string(flags_.limits.slots)}});
        loop_.run();
        pulses_.idle_all();
        return exit_;
    }

  private:
    void unlock(const helper::UnlockOrder& order) {
        pulses_.carry_out(order);
        if (pulses_.guard_gone()) stop(row_of(Code::unavailable).exit);
    }
    void take_snapshot(bool reached) {
        if (reached) pulses_.idle_unused();  // a cabinet that came back may have kept a level
        if (server_) server_->tell_all_doors(false);
    }
    void stop(int exit) {
        if (exit != 0) log(Priority::error, "bolt", "the guard is gone; all lines idle, stopping");
        exit_ = exit;
        loop_.stop();
    }

    const Flags& flags_;
    loop::Loop loop_;
    sim::Locks locks_;
    Pulses pulses_;
    sim::Contacts contacts_;
    Doors doors_;
    std::optional<Server> server_;
    loop::Watch guard_watch_, term_, interrupt_;
    int exit_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    ::umask(0077);
    if (auto text = about(argc, argv, kUsage, SEALS_VERSION))
        return std::fputs(text->c_str(), stdout) < 0 ? 1 : 0;
    auto flags = read_flags(argc, argv);
    if (!flags) {
        std::fputs(kUsage, stderr);
        return kExitUsage;
    }
    if (!flags->config.empty()) return fail(execute_with_config(flags->config, argc, argv));
    sim::Locks guard_lines(flags->sim);
    auto guard = Guard::start(guard_lines);
    return Bolt(*flags, guard).run();
}
