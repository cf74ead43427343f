// Replay: the views as they must be, from the entries alone; for verification and for making them
// anew. With a shelf it holds little more than what is live; without one, the whole history's
// objects. One thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "base/result.hpp"
#include "ledger/record.hpp"
#include "rules/row.hpp"
#include "rules/state.hpp"

namespace seals::engine {

// Where settled rows stay until an entry names them again. A failure ends the replay.
class RowShelf {
  public:
    virtual ~RowShelf() = default;
    // Several calls of put() may come between these two.
    virtual Status open() { return {}; }
    virtual void close() {}
    virtual Result<bool> put(const ledger::Row& row) = 0;  // false: the replay must hold it
    // The row as it was put; nullopt: it is not here.
    virtual Result<std::optional<ledger::Row>> get(const rules::Key& key) = 0;
    virtual void forget(const rules::Key& key) = 0;  // the replay holds another form of it
};

class Replay {
  public:
    Replay() = default;
    // Every so many entries it puts what has settled onto the shelf, which must outlive it.
    explicit Replay(RowShelf& shelf, std::uint64_t every = 4096) : shelf_(&shelf), every_(every) {}

    Status take(const ledger::Recorded& entry);
    // Every row that it holds, as the batch that last touched it wrote it.
    std::vector<ledger::Row> rows() const;

  private:
    Status fetch(const std::vector<rules::Key>& keys);
    void note_touched(Instant at);
    Status shelve(Instant now);
    Status shelve_one(const rules::Key& key);
    std::vector<rules::Key> requests_of(const PersonId& person) const;  // on the shelf
    ledger::Row row_at(const rules::Key& key, Instant at) const;

    rules::State state_;
    std::map<rules::Key, Instant> touched_;  // when last; all that it holds
    RowShelf* shelf_ = nullptr;
    std::uint64_t every_ = 0, since_ = 0;  // entries
    std::set<rules::Key> open_;            // may go onto the shelf, once they are settled
    std::map<PersonId, std::vector<RequestId>> asked_;  // by whom, of those on the shelf
    std::vector<rules::Key> lent_;  // from the shelf, for the entry that is looked at
};

}  // namespace seals::engine
