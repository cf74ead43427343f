// Replay: the views as they must be, from the entries alone; for verification and for rebuilding.
// Holds the whole history's objects in memory while it lives. One thread at a time.
#pragma once

#include <map>
#include <vector>

#include "ledger/record.hpp"
#include "rules/state.hpp"

namespace seals::engine {

class Replay {
  public:
    void take(const ledger::Recorded& entry);
    // Every row, as the batch that last touched it wrote it.
    std::vector<ledger::Row> rows() const;

  private:
    rules::State state_;
    std::map<rules::Key, Instant> touched_;  // when last
};

}  // namespace seals::engine
