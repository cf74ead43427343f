// Transaction: the statements that write a batch, prepared once. Inside this room only.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ledger/draft.hpp"
#include "ledger/record.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {

// Kind of the row of the vault that says: the file is still to be rewritten after an erasure.
inline constexpr std::string_view kScrubKind = "scrub";

// Everything of one commit.
struct Commit {
    const Tail& tail;
    const Draft& draft;
    TreeState tree;
    std::uint64_t n;       // number of the commit
    const Recent& recent;  // what it changes of the views and the chains' ends
    // Set: all that is recent, this commit's included, to be put where it belongs.
    const Recent* settled = nullptr;
    std::span<const Idempotency> idempotency{};
    std::span<const Secret> secrets{};
    std::span<const ErasedText> erased{};  // the ring goes with them: its bodies have names, too
};

enum class Ring { kept, emptied };

class Transaction;

// Views while they are made anew: what is put is there to be read, and for others from the commit
// on.
class ViewMaker {
  public:
    ViewMaker(Database& database, Transaction& transaction)
        : database_(database), transaction_(transaction) {}
    Status put(const Row& row);
    Result<std::optional<Row>> row(const RowKey& key);  // as it was put last

  private:
    Database& database_;
    Transaction& transaction_;
    std::optional<Statement> row_;
};

class Transaction {
  public:
    static Result<Transaction> prepare(Database& database);

    // From BEGIN to COMMIT. When it fails the transaction is rolled back as far as SQLite can.
    Status write(Database& database, const Commit& commit);
    // The rows that `make` puts in the place of all there are, and the chains' ends; otherwise as
    // write().
    Status remake_views(Database& database, const TreeState& tree, std::uint64_t n,
                        const Recent& heads, const std::function<Status(ViewMaker&)>& make);
    // Puts what is recent where it belongs; a transaction of its own.
    Status settle(Database& database, const TreeState& tree, const RecentCommits& recent,
                  Ring ring);

  private:
    friend class ViewMaker;
    Status write_all(Database& database, const Commit& commit);
    Status write_settled(Database& database, const TreeState& tree, std::uint64_t n,
                         const Recent& recent);
    Status write_recent(const Commit& commit);
    Status write_entry(const Entry& entry);
    Status write_block(const Tail& tail, const FullBlock& block, bool first);
    Status write_links(std::uint64_t n, std::vector<Link> links);
    Status write_heads(const TreeState& tree, std::uint64_t n, const Recent& recent);
    Status write_row(Database& database, const RowKey& key, const KeptRow& row);
    Status write_idempotency(const Draft& draft, const Idempotency& idempotency);
    Status write_secret(const Secret& secret);
    Status write_erased(std::span<const ErasedText> texts);

    Statement begin_, commit_;
    Statement entry_, personal_, block_, link_, ring_, no_ring_, head_;
    Statement add_row_, put_row_, drop_row_;
    Statement idempotency_, put_secret_, drop_secret_, drop_personal_;
};

}  // namespace seals::ledger
