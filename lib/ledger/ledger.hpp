// Ledger: the one writer of ledger.db. Owned and called by the ledger's worker thread only; it
// blocks for a sync per append. WAL, synchronous=FULL: what append() returned is on the disk.
// Failures of append():
//   unavailable  disk full or locked: rolled back, nothing happened, may be tried again
//   conflict     an idempotency key that is recorded already: nothing happened
//   internal     an event that breaks the tables or the format: nothing happened
//   timeout      an I/O error or a failed sync: the outcome is unknown until the file is opened
//                again; from then on every append answers unavailable
//   corrupt      SQLite found damage; from then on as above
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "leaf/hash.hpp"
#include "ledger/draft.hpp"
#include "ledger/record.hpp"
#include "ledger/sqlite.hpp"
#include "ledger/tail.hpp"
#include "ledger/transaction.hpp"

namespace seals::ledger {

struct Birth {
    std::string origin;      // "<organisation domain>/<node id>", and ends in /sim when simulated
    bool simulated = false;  // for good: a ledger never changes sides
};

class Ledger {
  public:
    // Makes the file (mode 0600) if need be, and writes leaf 1, ledger.created. Code::conflict:
    // there is a ledger in it already. Code::invalid: no such origin can be.
    static Result<Ledger> create(const std::string& path, const Birth& birth, Instant now,
                                 const Stamp& stamp, const Options& options = {});
    // Brings the schema up to date and checks tail and tree. Code::not_found: no file, or no ledger
    // in it yet. Code::corrupt: error.seq is the first entry that is seen to be wrong.
    static Result<Ledger> open(const std::string& path, const Options& options = {});

    Ledger(Ledger&&) = default;
    Ledger& operator=(Ledger&&) = default;
    ~Ledger();  // an orderly end: the views stand in their tables

    // All or nothing, one transaction, one sync. Returns the events as a replay will see them.
    Result<std::vector<Recorded>> append(std::span<const rules::Event> events, const Stamp& stamp,
                                         std::span<const Row> rows = {},
                                         std::span<const Idempotency> idempotency = {},
                                         std::span<const Secret> secrets = {},
                                         std::span<const ErasedText> erased = {});

    // Leaves that another copy of this ledger has, byte for byte, as append(). The views do not
    // follow: remake_views() after the last. Code::corrupt: one does not continue what is here.
    Result<std::vector<Recorded>> extend(std::span<const GivenLeaf> leaves);

    // After an erasure, until it is done: the file is written anew and its log cut off, so that no
    // page of either has what was erased. Takes as long as a copy of the file, and as much room
    // beside it. Failures as those of append(); unavailable also while somebody reads: again later.
    Result<bool> scrub_due();
    Status scrub();

    // What the last append left in the ring, once, for Reader::adopt(); none when it settled.
    std::optional<Change> take_change() { return std::exchange(change_, std::nullopt); }

    // What recent commits changed of the views waits in the ring until it is put into their tables:
    // by settle(), best between two appends whenever it is due, else by an append that finds no
    // room. Should it fail nothing is lost; failures as those of append().
    bool settle_due() const;
    Status settle();

    // Not synced by itself: should the power fail the entries are there, to be signed again.
    Status keep_checkpoint(const KeptCheckpoint& checkpoint);
    // Synced; the same again changes nothing. Code::not_found: no checkpoint of that size is kept.
    Status keep_received(const Received& received);

    // Puts these rows in the place of all views, in one transaction; entries, keys, links and vault
    // stay. Failures as those of append().
    Status replace_views(std::span<const Row> rows);
    // The same with rows that come one after the other; what was put may be read again and put
    // anew. When `make` fails nothing has changed, and its failure is the answer.
    Status remake_views(const std::function<Status(ViewMaker&)>& make);

    // Of leaf 1, or of the newest rollback after it.
    const std::string& origin() const { return tail_.origin; }
    bool simulated() const { return tail_.simulated; }
    std::uint64_t size() const { return tail_.tree.size(); }
    std::uint64_t next_seq() const { return size() + 1; }
    Instant last_time() const { return tail_.last_time; }  // of the last leaf
    Hash root() { return tail_.tree.root(hasher_); }
    bool stopped() const { return stopped_; }  // after an I/O error, until it is opened again

  private:
    Ledger(Database database, Transaction transaction)
        : database_(std::move(database)), transaction_(std::move(transaction)) {}
    static Result<Ledger> open_checked(const std::string& path, const Options& options);
    static Result<Ledger> over(Database database);
    Status write_anew();
    struct Beside {
        std::span<const Idempotency> idempotency;
        std::span<const Secret> secrets;
        std::span<const ErasedText> erased;
    };
    Result<std::vector<Recorded>> write(Draft& draft, std::map<RowKey, KeptRow> rows,
                                        const Beside& beside);
    Error give_up(Error error);

    leaf::Hasher hasher_;
    Tail tail_;
    Database database_;
    Transaction transaction_;  // after the database: its statements go first
    std::optional<Change> change_;
    bool stopped_ = false;
};

}  // namespace seals::ledger
