// What goes into the ledger with a batch, and what comes out of it. Plain values, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/value.hpp"
#include "rules/event.hpp"

namespace seals::ledger {

// One object of the state as the rules serialise it. Live rows are loaded at the start; the others
// are only looked up. `until`: live no longer than that, so that time alone retires a row that no
// event touches any more. No body: the object is gone.
struct Row {
    std::string kind;
    std::string id;
    bool live = true;
    std::optional<Value> body;
    std::optional<Instant> until{};

    friend bool operator==(const Row&, const Row&) = default;
};

// How a row's liveness is stored: 0, or the ms until which it is live.
std::int64_t stored_life(const Row& row);
void set_life(Row& row, std::int64_t stored);

// Where in the device's life a batch was decided. The time of a leaf comes from its event.
struct Stamp {
    std::string boot;
    std::int64_t mono_ms = 0;
};

// A command's key, so that the command sent again answers with what is recorded.
struct Idempotency {
    std::int64_t uid = 0;
    std::string key;
    std::string body_sha256;
    std::size_t event = 0;  // index in the batch of the command's first leaf
};

struct Outcome {  // what an idempotency key stands for
    std::string body_sha256;
    std::uint64_t seq = 0;
    Instant at;
};

// PIN hashes, tag keys: in the vault only. No blob: the secret is gone.
struct Secret {
    std::string kind;
    std::string id;
    std::optional<Bytes> blob;
};

// A signed checkpoint: the note over the tree of that size. One that must stay is `pinned`; others
// give way to the next when that comes within a minute and nobody outside holds to them.
struct KeptCheckpoint {
    std::uint64_t size = 0;
    Instant at;
    std::string note;
    bool pinned = false;
};

// What came from outside about a checkpoint: a cosignature's line or a time stamp's token. Vault.
struct Received {
    std::uint64_t size = 0;
    std::string kind;  // cosignature, timestamp
    std::string name;  // of the witness's key; sha256 of the token
    Bytes body;
    Instant at;
};

// A text of the vault that goes for good. Its commitment stays in its leaf, and says nothing.
struct ErasedText {
    std::uint64_t seq = 0;
    std::string field;
};

// An event with its place in the ledger. `personal` is what the vault still has of it, in NFC.
struct Recorded {
    std::uint64_t seq = 0;
    Instant at;
    std::string boot;
    std::int64_t mono = 0;
    std::uint64_t sn = 0;  // 0: the event has no seal
    std::uint64_t sp = 0;  // 0: it is the seal's first
    rules::Event event;
};

// A forward step of the schema: SQL that takes the tables from version `from` to `from` + 1.
struct Migration {
    int from;
    const char* sql;
};

struct Schema {
    int version;
    std::span<const Migration> migrations;
};

Schema current_schema();

struct Options {
    std::string vfs{};  // name of a registered SQLite VFS; empty: SQLite's own
    Schema schema = current_schema();
};

}  // namespace seals::ledger
