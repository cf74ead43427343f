// Reader: questions to ledger.db over a read-only connection of its own; sees committed state only.
// Any one thread at a time; blocks. With a deadline set, a call that runs past it answers
// Code::timeout, so that no reader keeps the write-ahead log from being checkpointed.
// Failures beside: not_found (no such file or entry), corrupt (names the entry), unavailable.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "leaf/hash.hpp"
#include "leaf/proof.hpp"
#include "ledger/entry.hpp"
#include "ledger/recent.hpp"
#include "ledger/record.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {

struct SealHead {
    std::string seal;
    std::uint64_t sn = 0, seq = 0;
};

class Reader {
  public:
    static Result<Reader> open(const std::string& path, const Options& options = {});

    void set_deadline(std::optional<std::chrono::steady_clock::time_point> deadline);

    // All reads see one state for the life of it; cheaper than a state for each of many.
    Snapshot snapshot() {
        fresh_ = false;
        return Snapshot(database_);
    }
    std::unique_ptr<Snapshot> hold() {
        fresh_ = false;
        return std::make_unique<Snapshot>(database_);
    }

    // --- entries, in order of seq, with their personal text as far as the vault has it ---
    Result<std::uint64_t> size();
    Result<Hash> root();                    // of the tree of that size
    Result<Bytes> leaf(std::uint64_t seq);  // the stored bytes, unchecked
    Result<Recorded> entry(std::uint64_t seq);
    Result<std::vector<Recorded>> entries(std::uint64_t after, std::size_t limit);
    // Those of one session, seal, request or event type (By::type: the event's name).
    Result<std::vector<Recorded>> entries_of(By by, std::string_view id, std::uint64_t after,
                                             std::size_t limit);
    Result<std::vector<std::pair<std::string, std::string>>> personal(std::uint64_t seq);

    // The same with the salts that open the entry's commitments.
    Result<std::vector<Personal>> openings(std::uint64_t seq);

    // --- views and vault ---
    // Spares this reader the reading of what its process's own ledger has just written.
    void adopt(Change change) { recent_.adopt(change.n, std::move(change.recent)); }
    Result<std::optional<Row>> row(std::string_view kind, std::string_view id);
    Result<std::optional<KeptRow>> kept_row(const RowKey& key);  // the same, as it is stored
    Result<std::vector<Row>> rows(std::string_view kind, std::string_view after, std::size_t limit);
    // The same backwards, greatest id first; no `before`: from the end.
    Result<std::vector<Row>> rows_before(std::string_view kind, std::string_view before,
                                         std::size_t limit);
    Result<std::vector<SealHead>> heads();            // where each seal's chain ends
    Result<std::vector<Row>> live_rows(Instant now);  // by kind, then id
    Result<std::optional<Outcome>> idempotency(std::int64_t uid, std::string_view key);
    Result<std::optional<Bytes>> secret(std::string_view kind, std::string_view id);

    // --- checkpoints (checkpoints.cpp) ---
    Result<std::optional<KeptCheckpoint>> newest_checkpoint();
    Result<std::optional<KeptCheckpoint>> checkpoint(std::uint64_t size);  // exactly that size
    // In order of size; `after` excluded.
    Result<std::vector<KeptCheckpoint>> checkpoints(std::uint64_t after, std::size_t limit);
    Result<std::vector<Received>> received(std::uint64_t size);
    // The newest about which something of that kind was received; none: nullopt.
    Result<std::optional<KeptCheckpoint>> newest_received(std::string_view kind);

    // --- proofs: the root of a complete subtree, for leaf::inclusion_proof and consistency_proof
    // ---
    Result<Hash> subtree(unsigned level, std::uint64_t index);

  private:
    explicit Reader(Database database) : database_(std::move(database)) {}
    Result<Recorded> read(const Statement& entry);  // columns seq, leaf, hash
    Status collect(std::uint64_t after, std::size_t limit, std::vector<Recorded>& out,
                   const std::function<bool(const Recorded&)>& wanted);
    Status collect_linked(By by, std::string_view id, std::uint64_t after, std::size_t limit,
                          std::vector<Recorded>& out);
    Result<std::optional<KeptRow>> settled_row(const RowKey& key);
    Status prepare_once(std::optional<Statement>& statement, std::string_view sql);
    Result<Hash> entry_hash(std::uint64_t seq);
    Result<Hash> block_root(std::uint64_t n);

    Database database_;
    // Asked often, so kept: once per command or entry.
    std::optional<Statement> personal_, row_;
    std::optional<Statement> block_;
    std::map<std::pair<unsigned, std::uint64_t>, Hash> subtrees_;  // complete ones
    RecentCache recent_;
    bool fresh_ = false;  // recent_ is of the state that is held
    leaf::Hasher hasher_;
};

}  // namespace seals::ledger
