// CheckpointCheck: do the checkpoints that are kept say what the entries give, and did a key sign
// them that the ledger names by then? Fed in order of seq while the tree grows. Inside this room
// only. Findings are Code::corrupt with the size as seq.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "leaf/key.hpp"
#include "leaf/tree.hpp"
#include "ledger/record.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {

class CheckpointCheck {
  public:
    explicit CheckpointCheck(Database& database) : database_(database) {}

    // Those over the sizes from `first` to `last`, before their entries are looked at.
    Status load(std::uint64_t first, std::uint64_t last);
    // An entry as a replay sees it: some name keys, or a new origin.
    void learn(const Recorded& entry);
    bool due(std::uint64_t size) const {
        return !waiting_.empty() && waiting_.front().size <= size;
    }
    // The tree of that size, which was due.
    Status compare(std::uint64_t size, const Hash& root);
    // Is there one over more entries than there are?
    Status beyond(std::uint64_t size);

  private:
    Status check_signature(const KeptCheckpoint& kept) const;

    Database& database_;
    std::deque<KeptCheckpoint> waiting_;
    std::vector<leaf::PublicKey> keys_;
    bool rolled_back_ = false;
};

}  // namespace seals::ledger
