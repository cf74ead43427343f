// Import: one file's records into the ledger. A worker talks to a fresh sealsd-intake and hands its
// batches over; the loop decides and records each before the next is read. Loop thread only.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "helper/intake.hpp"
#include "loop/worker.hpp"

namespace seals::engine {

struct ImportJob {
    helper::IntakeJob job;
    std::string sha256;
    // A record as a command of the rules, or what is wrong with it.
    std::function<Result<rules::Command>(const wire::ImportItem&)> convert;
    std::function<Result<Fd>()> connect;  // to a fresh sealsd-intake; called on the worker
    std::function<Result<Fd>()> open;     // the spooled file; called on the worker
    bool dry_run = false;
    Actor actor;
    rules::Idempotency idempotency{};
};

struct ImportRefusal {
    std::int64_t line = 0, record = 0;
    std::string key, field, reason;
};

struct ImportResult {
    std::int64_t accepted = 0, unchanged = 0, withdrawn = 0, left_out = 0;
    std::int64_t refused_count = 0, conflict_count = 0;
    std::vector<ImportRefusal> refused, conflicts;  // the first kMostListed
    std::uint64_t seq = 0;                          // of import.finished; 0 after a dry run
};

inline constexpr std::size_t kMostListed = 1000;

class Import {
  public:
    ~Import() { stopping_ = true; }  // before the worker is joined: it may wait for the loop
    Import(loop::Loop& loop, Engine& engine)
        : loop_(loop), engine_(engine), worker_(loop, "intake") {}

    // One import at a time; others wait their turn. Errors: what the file or the program is at
    // fault of; then nothing further was recorded, and batches before the fault stay.
    void run(ImportJob job, std::function<void(Result<ImportResult>)> done);
    std::size_t waiting() const { return worker_.waiting(); }

  private:
    struct Run;
    void take_batch(const std::shared_ptr<Run>& run, std::vector<wire::ImportItem> items);
    void take_item(const std::shared_ptr<Run>& run, const wire::ImportItem& item);
    void finish(const std::shared_ptr<Run>& run, Status status);

    loop::Loop& loop_;
    Engine& engine_;
    std::atomic<bool> stopping_{false};
    loop::Worker worker_;
};

}  // namespace seals::engine
