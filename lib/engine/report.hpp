// Reporter: makes reports on a worker of its own, one after the other. The rows are read from one
// state of the ledger and written to a file without a name, from which they are then given out as
// slowly as the asker reads: so a slow one holds no state of the ledger and no memory here. Loop
// thread only.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "base/fd.hpp"
#include "engine/engine.hpp"
#include "engine/report_reading.hpp"
#include "loop/worker.hpp"

namespace seals::engine {

struct MadeReport {
    Fd file;  // the rows, a JSON object a line
    std::uint64_t bytes = 0;
    ReportSums sums;
    std::uint64_t size = 0;  // of the ledger, when it was read
    Hash root{};
};

class Reporter {
  public:
    using Cancel = std::shared_ptr<std::atomic<bool>>;  // who sets it needs the report no more
    using Done = std::function<void(Result<std::shared_ptr<MadeReport>>)>;

    // `folder`: where the rows wait; `items`: the item files of reconciliations.
    Reporter(loop::Loop& loop, Engine& engine, std::string folder, std::string items)
        : engine_(engine),
          folder_(std::move(folder)),
          items_(std::move(items)),
          worker_(loop, "reports", loop::Pace::background) {}
    ~Reporter();  // before the worker is joined: what it makes is called off

    // Errors beside those of the ledger: unavailable, when too many wait or little room is left on
    // the disk.
    void make(ReportQuery query, Cancel cancel, Done done);

    // Whole lines from a place on, at most about `most` bytes; empty at the end. Reads on the
    // questions thread.
    void read(const std::shared_ptr<MadeReport>& report, std::uint64_t place, std::size_t most,
              std::function<void(Result<std::string>)> done);

  private:
    Engine& engine_;
    std::string folder_, items_;
    std::set<Cancel> asked_;
    loop::Worker worker_;
};

}  // namespace seals::engine
