#include "ledger/schema.hpp"

#include <array>

namespace seals::ledger {
namespace {

constexpr int kVersion = 3;                          // 1 was never released
constexpr std::int64_t kApplicationId = 0x5345414c;  // "SEAL"

// Entries and what proves them:
//   entry  the leaves; no program rewrites one
//   block  the subtree root of each 256 entries
//   head   where each seal's chain ends; the row with the empty seal is the ledger itself (sn:
//   size,
//          root; seq: the last commit whose changes are in head and view)
//   tree   size and root as they are now, for whoever looks from outside
// Views, rebuildable:
//   ring   what each of the last commits changed of head and view; `recent` are those whose changes
//          are not yet put there (recent.hpp)
//   view   objects of the state; live is 0, or the time until which a row is live (stored_life)
//   link   entries by session, seal, request and type: per full block n the places in it, a byte
//   each.
//          Written when the block is full, so that a commit does not pay for four index pages;
//          readers look through the last, open block themselves.
//   idempotency
// Vault, not rebuildable, erasable:
//   personal, secret, received. In this file and not in one of its own: with WAL a transaction over
//   attached files is not atomic across them, and a leaf whose salt was lost could never be opened.
constexpr const char* kTables = R"sql(
CREATE TABLE entry(seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL, hash BLOB NOT NULL);
CREATE TABLE block(n INTEGER PRIMARY KEY, root BLOB NOT NULL);
CREATE TABLE head(seal TEXT PRIMARY KEY, sn INTEGER NOT NULL, seq INTEGER NOT NULL, root BLOB)
    WITHOUT ROWID;
CREATE TABLE ring(slot INTEGER PRIMARY KEY, n INTEGER NOT NULL, size INTEGER NOT NULL,
    root BLOB NOT NULL, body BLOB NOT NULL);
CREATE VIEW recent AS SELECT n, size, root, body FROM ring
    WHERE n>coalesce((SELECT seq FROM head WHERE seal=''), 0);
CREATE VIEW tree AS SELECT size, root FROM
    (SELECT n, size, root FROM recent UNION ALL SELECT seq, sn, root FROM head WHERE seal='')
    ORDER BY n DESC LIMIT 1;
CREATE TABLE view(kind TEXT NOT NULL, id TEXT NOT NULL, live INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY(kind, id)) WITHOUT ROWID;
CREATE INDEX view_live ON view(live) WHERE live<>0;
CREATE TABLE link(kind INTEGER NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL,
    places BLOB NOT NULL, PRIMARY KEY(kind, id, n)) WITHOUT ROWID;
CREATE TABLE idempotency(uid INTEGER NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
    seq INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(uid, key)) WITHOUT ROWID;
CREATE TABLE personal(seq INTEGER NOT NULL, field TEXT NOT NULL, salt BLOB NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY(seq, field)) WITHOUT ROWID;
CREATE TABLE secret(kind TEXT NOT NULL, id TEXT NOT NULL, blob BLOB NOT NULL,
    PRIMARY KEY(kind, id)) WITHOUT ROWID;
)sql";

// checkpoint: notes that this device signed. received: what others said of them (vault).
constexpr const char* kCheckpoints = R"sql(
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, at INTEGER NOT NULL, note TEXT NOT NULL,
    pinned INTEGER NOT NULL);
CREATE TABLE received(size INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    body BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(size, kind, name)) WITHOUT ROWID;
CREATE INDEX received_kind ON received(kind, size);
)sql";

constexpr Migration kMigrations[] = {{2, kCheckpoints}};

std::string pragma(const char* name, std::int64_t value) {
    return std::string("PRAGMA ") + name + "=" + std::to_string(value) + ";";
}

Status in_transaction(Database& database, const std::string& sql) {
    auto status = database.run("BEGIN IMMEDIATE;" + sql + "COMMIT;");
    if (!status && database.in_transaction()) (void)database.run("ROLLBACK");
    return status;
}

const Migration* step_from(const Schema& schema, int version) {
    for (const auto& step : schema.migrations)
        if (step.from == version) return &step;
    return nullptr;
}

}  // namespace

Schema current_schema() {
    return {kVersion, kMigrations};
}

Status lay_tables(Database& database) {
    return in_transaction(database, std::string(kTables) + kCheckpoints +
                                        pragma("application_id", kApplicationId) +
                                        pragma("user_version", kVersion));
}

Result<int> schema_version(Database& database) {
    auto application = database.number("PRAGMA application_id");
    if (!application) return application.error();
    auto tables = database.number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    if (*tables == 0) return Error{Code::not_found, "the file holds no ledger yet"};
    if (*application != kApplicationId)
        return Error{Code::corrupt, "the file is a SQLite database, but no ledger"};
    auto version = database.number("PRAGMA user_version");
    if (!version) return version.error();
    return static_cast<int>(*version);
}

Status migrate(Database& database, const Schema& schema) {
    auto version = schema_version(database);
    if (!version) return version.error();
    if (*version > schema.version)
        return unavailable("the ledger's schema has version " + std::to_string(*version) +
                               ", this program knows " + std::to_string(schema.version),
                           "run a newer program on it");
    for (int now = *version; now < schema.version; ++now) {
        const auto* step = step_from(schema, now);
        if (step == nullptr)
            return unavailable("no released program wrote the ledger's schema version " +
                                   std::to_string(now) + ", and this one cannot bring it forward",
                               "keep the file; start with another [paths] state");
        if (auto status = in_transaction(database, step->sql + pragma("user_version", now + 1));
            !status)
            return status;
    }
    return {};
}

}  // namespace seals::ledger
