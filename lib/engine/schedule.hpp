// Schedule: what happens by the clock. State leaves (full at boot and daily, a digest with what
// deviates every ten minutes), clock steps, eviction, the ballast, verification as a self-test.
// Loop thread only.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/ballast.hpp"
#include "engine/cabinet.hpp"
#include "engine/engine.hpp"
#include "engine/verifier.hpp"

namespace seals::engine {

struct ScheduleTimes {
    milliseconds first_state{3'000};  // after start, when doors and tags have been read
    milliseconds digest{600'000};
    milliseconds full{86'400'000};
    milliseconds clock{1'000};
    milliseconds watch{5'000};     // what time alone brings about
    milliseconds silence{30'000};  // until a device counts as silent
    milliseconds housekeeping{60'000};
    milliseconds first_verify{20'000};
    milliseconds override_count{2'000};  // from the opening: its door may be shut by then
};

class Schedule {
  public:
    Schedule(loop::Loop& loop, Engine& engine, Cabinet& cabinet, Ballast& ballast,
             Verifier& verifier, ScheduleTimes times = {});

    void recorded(const std::vector<ledger::Recorded>& entries);  // keeps each seal's counter
    // Called a moment after a slot was opened with no leave of ours, also in the run before: the
    // inventory that the next take waits for.
    void on_override(std::function<void()> call) { count_ = std::move(call); }
    void count_later();  // that inventory once more: it could not be recorded

    // Which parts of the cabinet answer, asked every few seconds. One that is silent for a moment
    // only (a restart) is not told of.
    using Devices = std::vector<std::pair<std::string, bool>>;
    void ask_devices(std::function<Devices()> devices) { devices_ = std::move(devices); }

  private:
    struct Seen;
    void record_state(bool full);
    void finish_state(const std::shared_ptr<Seen>& seen);
    Value item_of(const rules::Seal& seal, const Seen& seen);
    void add_doubts(Value& data) const;
    void check_clock();
    void watch();
    void watch_devices();
    void housekeep();
    void verify();

    loop::Loop& loop_;
    Engine& engine_;
    Cabinet& cabinet_;
    Ballast& ballast_;
    Verifier& verifier_;
    std::map<SealId, std::uint64_t> counters_;  // sn of each seal's newest entry
    std::map<SealId, Value> last_full_;         // what the last full leaf said of each seal
    bool recording_ = false, full_waits_ = false;
    std::function<void()> count_;
    milliseconds override_count_;
    loop::Timer counting_;
    std::function<Devices()> devices_;
    std::map<std::string, std::int64_t> silent_since_;  // monotonic ms
    milliseconds patience_;
    std::vector<loop::Timer> timers_;
};

}  // namespace seals::engine
