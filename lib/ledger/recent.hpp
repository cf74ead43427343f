// Recent: what the latest commits changed of the views and of the chains' ends. A commit writes it
// into the next slot of the table `ring`, beside its entries: two pages instead of one per object,
// and none that would have to be taken or given back. With each full block, after kSettleEvery
// commits at the latest, and at an orderly end, the sum of them is put where it belongs (`view`,
// `head`). Until then readers look here first. Inside this room only; the value itself is pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "ledger/record.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {

inline constexpr std::size_t kSettleEvery = 256;

struct Head {  // of a seal's chain
    std::uint64_t sn = 0;
    std::uint64_t seq = 0;

    friend bool operator==(const Head&, const Head&) = default;
};

using RowKey = std::pair<std::string, std::string>;  // kind, id

struct KeptRow {
    std::int64_t life = 0;      // as stored_life()
    std::optional<Bytes> body;  // none: the row is gone

    friend bool operator==(const KeptRow&, const KeptRow&) = default;
};

// A row as it is stored (Code::internal: it cannot be), and back (Code::corrupt).
Result<KeptRow> kept_form(const Row& row);
Result<Row> to_row(const RowKey& key, const KeptRow& kept);  // one that has a body

struct Recent {
    std::map<std::string, Head> heads;
    std::map<RowKey, KeptRow> rows;

    void merge(Recent later);
    // Filled up with zeros, so that a slot mostly keeps its size and two fit a page.
    Bytes pack() const;
    static Result<Recent> unpack(ByteView bytes);  // Code::corrupt

    friend bool operator==(const Recent&, const Recent&) = default;
};

struct TreeState {
    std::uint64_t size = 0;
    Hash root{};
};

// The size and root that the file says; nullopt when it says none (no entry yet).
Result<std::optional<TreeState>> read_tree(Database& database);

struct RecentCommits {
    Recent sum;
    std::size_t count = 0;
    std::uint64_t last = 0;  // number of the last commit
};
Result<RecentCommits> read_recent(Database& database);

// What is recent, kept from question to question: a refresh reads only the slots written since the
// last one. For one connection; call inside of a read transaction.
class RecentCache {
  public:
    Status refresh(Database& database);
    // Commit n by this process's own ledger: what is known of it need not be read.
    void adopt(std::uint64_t n, Recent recent);
    const Recent& sum() const { return sum_; }

  private:
    Status prepare(Database& database);
    Result<bool> take_slot(std::uint64_t n);

    std::optional<Statement> settled_, slot_;
    Recent sum_;
    std::uint64_t from_ = 0;  // number of the last commit that is settled
    std::uint64_t last_ = 0;  // number of the last commit in the sum
};

// One commit's, for adopt().
struct Change {
    std::uint64_t n = 0;
    Recent recent;
};

// Where every chain ends: the table `head` and what is recent.
Result<std::map<std::string, Head>> read_heads(Database& database, const Recent& recent);

}  // namespace seals::ledger
