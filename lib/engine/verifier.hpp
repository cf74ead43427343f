// Verifier: recomputes the whole ledger on a thread of its own and compares the views kept with the
// views rebuilt. Runs when asked and in the background; a finding stops releases. Loop thread only.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "ledger/verify.hpp"
#include "loop/worker.hpp"

namespace seals::engine {

struct Verification {
    bool ok = false;
    std::uint64_t size = 0;
    Hash root{};
    std::uint64_t first_bad = 0;
    std::string reason;
};

// Every entry and all that is kept beside it. Memory does not grow with the history, but for some
// fifty bytes a settled row; a writer that changes what is long settled at the same time may make
// it begin again, and the last attempt holds everything. `options` has no replay of its own.
Result<ledger::Report> verify_views(const std::string& path, ledger::VerifyOptions options = {},
                                    std::uint64_t every = 4096);

class Verifier {
  public:
    Verifier(loop::Loop& loop, Engine& engine);
    ~Verifier();

    // Whoever asks while one runs gets that one's answer if nothing was asked before it began.
    void run(std::function<void(Result<Verification>)> done);

  private:
    void start();

    Engine& engine_;
    std::atomic<bool> cancel_{false};
    std::vector<std::function<void(Result<Verification>)>> waiting_;
    bool running_ = false;
    loop::Worker worker_;
};

}  // namespace seals::engine
