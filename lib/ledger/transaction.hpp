// Transaction: the statements that write a batch, prepared once. Inside this room only.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"
#include "ledger/draft.hpp"
#include "ledger/record.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {

// Everything of one append besides the draft, with the bodies already as bytes.
struct Extras {
    std::span<const Row> rows;
    std::vector<Bytes> bodies;  // one per row; empty where the row is to go
    std::span<const Idempotency> idempotency;
    std::span<const Secret> secrets;
};

class Transaction {
  public:
    static Result<Transaction> prepare(Database& database);

    // From BEGIN to COMMIT. When it fails the transaction is rolled back as far as SQLite can.
    Status write(Database& database, leaf::Hasher& hasher, const Tail& tail, const Draft& draft,
                 const Extras& extras);

    // The rows of `extras` in the place of all there are; otherwise as write().
    Status replace_views(Database& database, const Extras& extras);

  private:
    Status write_rows(Database& database, const Extras& extras);
    Status write_all(Database& database, leaf::Hasher& hasher, const Tail& tail, const Draft& draft,
                     const Extras& extras);
    Status write_entry(const Entry& entry);
    Status write_block(const Tail& tail, const FullBlock& block, bool first);
    Status write_links(std::vector<Link> links);
    Status write_heads(leaf::Hasher& hasher, const Draft& draft);
    Status write_row(Database& database, const Row& row, ByteView body);
    Status write_idempotency(const Draft& draft, const Idempotency& idempotency);
    Status write_secret(const Secret& secret);

    Statement begin_, commit_;
    Statement entry_, personal_, block_, link_, head_;
    Statement update_row_, put_row_, drop_row_;
    Statement idempotency_, put_secret_, drop_secret_;
};

}  // namespace seals::ledger
