// Reconciler: compares an OA export with the ledger and records what it found. A worker of its own
// lets a fresh sealsd-intake read the file, reads the ledger page by page and writes the items;
// the loop only records the run. One at a time; others wait. Loop thread only.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "engine/import.hpp"
#include "engine/item_file.hpp"
#include "loop/worker.hpp"
#include "rules/reconcile.hpp"

namespace seals::engine {

struct ReconcileJob {
    helper::IntakeJob job;
    std::string sha256;
    // A record as a command of the rules, or what is wrong with it.
    std::function<Result<rules::Command>(const wire::ImportItem&)> convert;
    std::function<Result<Fd>()> connect;  // to a fresh sealsd-intake; called on the worker
    std::function<Result<Fd>()> open;     // the spooled file; called on the worker
    rules::Period period;
    Actor actor;
    rules::Idempotency idempotency{};
};

class Reconciler {
  public:
    // Items of runs are kept in `folder`.
    Reconciler(loop::Loop& loop, Engine& engine, std::string folder)
        : engine_(engine),
          folder_(std::move(folder)),
          worker_(loop, "reconcile", loop::Pace::background) {}
    ~Reconciler() { stopping_ = true; }  // before the worker is joined

    // `done` gets the entry of the run. Errors: what the file or the program is at fault of, or
    // Code::internal when the totals do not agree; then nothing was recorded.
    void run(ReconcileJob job, std::function<void(Result<ledger::Recorded>)> done);

    // A page of the items of a recorded run, from the place that the page before named as `next`
    // (0: the first), each with its state as it is now. Reads on the questions thread.
    struct Page {
        Value refused;  // of the export, as {refused_count, refused}
        ItemPage items;
    };
    void items(const std::string& items_sha256, std::uint64_t place, std::size_t limit,
               std::function<void(Result<Page>)> done);
    // The same, here and now: blocks; any one thread with a reader of its own.
    static Result<Page> read_page(ledger::Reader& reader, const std::string& folder,
                                  const std::string& items_sha256, std::uint64_t place,
                                  std::size_t limit);
    const std::string& folder() const { return folder_; }
    // The item of that line; of an empty source: whichever has it.
    void find(const std::string& items_sha256, rules::LineKey key,
              std::function<void(Result<Value>)> done);

  private:
    struct Found;
    static Result<Found> compare(const std::string& ledger, const std::string& folder,
                                 const ReconcileJob& job, Instant now,
                                 const std::atomic<bool>& stopping);
    void record(const ReconcileJob& job, Found found,
                std::function<void(Result<ledger::Recorded>)> done);

    Engine& engine_;
    std::string folder_;
    std::atomic<bool> stopping_{false};
    loop::Worker worker_;
};

}  // namespace seals::engine
