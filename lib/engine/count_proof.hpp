// CountProof: adds all uses up against what the requests granted, every night and when asked. A
// worker of its own reads the ledger in one state of it, a request at a time; the loop only records
// what came of it. Loop thread only.
#pragma once

#include <atomic>
#include <functional>

#include "engine/engine.hpp"
#include "loop/worker.hpp"
#include "rules/proof.hpp"

namespace seals::engine {

class CountProof {
  public:
    CountProof(loop::Loop& loop, Engine& engine);
    ~CountProof() { stopping_ = true; }  // before the worker is joined

    // `done` gets the entry of the proof, or why none could be made; nothing is recorded then.
    void run(Actor actor, rules::Idempotency idempotency,
             std::function<void(Result<ledger::Recorded>)> done);

    // Whether a proof is due: a local day has come to its third hour since the last one.
    static bool is_due(Instant last, Instant now, milliseconds utc_offset);

  private:
    void watch();

    Engine& engine_;
    std::atomic<bool> stopping_{false};
    bool running_ = false;  // the nightly one
    loop::Worker worker_;
    loop::Timer watching_;
};

// The sums of that ledger. Code::unavailable: told to stop.
Result<rules::CountTotals> add_up_ledger(const std::string& path, Instant now,
                                         const std::atomic<bool>& stopping);

}  // namespace seals::engine
