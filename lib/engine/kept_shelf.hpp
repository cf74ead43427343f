// KeptShelf: the views that are kept, as the shelf of a verification's replay. A row is left there
// only when it is kept just as the entries so far give it; its digest stays, so that a row that is
// read again, or compared at the end, must be that one. One thread at a time.
#pragma once

#include <memory>

#include "engine/replay.hpp"
#include "ledger/reader.hpp"
#include "ledger/row_digests.hpp"

namespace seals::engine {

class KeptShelf : public RowShelf {
  public:
    explicit KeptShelf(ledger::Reader& reader) : reader_(reader) {}

    Status open() override;
    void close() override { snapshot_.reset(); }
    Result<bool> put(const ledger::Row& row) override;
    // Code::unavailable: the row was left here and is another by now; the writer was faster.
    Result<std::optional<ledger::Row>> get(const rules::Key& key) override;
    void forget(const rules::Key& key) override { digests_.drop(key); }

    bool overtaken() const { return overtaken_; }
    ledger::RowDigests& digests() { return digests_; }

  private:
    ledger::Reader& reader_;
    ledger::RowDigests digests_;
    std::unique_ptr<ledger::Snapshot> snapshot_;
    bool overtaken_ = false;
};

}  // namespace seals::engine
