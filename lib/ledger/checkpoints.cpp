// What Ledger and Reader do with checkpoints and with what others said of them.
#include <algorithm>

#include "ledger/ledger.hpp"
#include "ledger/reader.hpp"

namespace seals::ledger {
namespace {

constexpr std::int64_t kApart = 60'000;  // ms between checkpoints that are kept

constexpr std::string_view kColumns = "SELECT size, at, note, pinned FROM checkpoint ";

KeptCheckpoint read_row(const Statement& row) {
    return {row.natural(0), Instant{row.integer(1)}, std::string(row.text(2)), row.integer(3) != 0};
}

Result<std::optional<KeptCheckpoint>> read_one(Statement& rows) {
    auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return std::optional<KeptCheckpoint>{};
    return std::optional<KeptCheckpoint>{read_row(rows)};
}

// The one before gives way when this one comes soon after it and nobody refers to it.
Status drop_previous(Database& database, const KeptCheckpoint& next) {
    auto drop = database.prepare(
        "DELETE FROM checkpoint WHERE size=(SELECT max(size) FROM checkpoint WHERE size<?1) AND "
        "pinned=0 AND at>?2 AND NOT EXISTS (SELECT 1 FROM received WHERE "
        "received.size=checkpoint.size) AND EXISTS (SELECT 1 FROM checkpoint AS older WHERE "
        "older.size<checkpoint.size AND older.at>?2)");
    if (!drop) return drop.error();
    return drop->bind(1, next.size).bind(2, next.at.ms - kApart).run();
}

Status put_checkpoint(Database& database, const KeptCheckpoint& next) {
    auto put = database.prepare("INSERT OR REPLACE INTO checkpoint VALUES(?, ?, ?, ?)");
    if (!put) return put.error();
    return put->bind(1, next.size)
        .bind(2, next.at.ms)
        .bind(3, next.note)
        .bind(4, std::int64_t{next.pinned})
        .run();
}

Status in_transaction(Database& database, const std::function<Status()>& write) {
    auto status = database.run("BEGIN IMMEDIATE");
    if (status) status = write();
    if (status) status = database.run("COMMIT");
    if (!status && database.in_transaction()) (void)database.run("ROLLBACK");
    return status;
}

}  // namespace

Status Ledger::keep_checkpoint(const KeptCheckpoint& checkpoint) {
    if (stopped_) return unavailable("the ledger is read-only since a disk error");
    auto status = database_.run("PRAGMA synchronous=NORMAL");
    if (status)
        status = in_transaction(database_, [&]() -> Status {
            if (auto s = drop_previous(database_, checkpoint); !s) return s;
            return put_checkpoint(database_, checkpoint);
        });
    auto full = database_.run("PRAGMA synchronous=FULL");
    if (!full) stopped_ = true;
    if (status) status = std::move(full);
    return status ? status : Status(give_up(status.error()));
}

Status Ledger::keep_received(const Received& received) {
    if (stopped_) return unavailable("the ledger is read-only since a disk error");
    auto known = database_.prepare("SELECT 1 FROM checkpoint WHERE size=?");
    if (!known) return known.error();
    auto row = known->bind(1, received.size).step();
    if (!row) return row.error();
    if (!*row)
        return Error{Code::not_found,
                     "no checkpoint of size " + std::to_string(received.size) + " is kept"};
    known->reset();
    auto put = database_.prepare("INSERT OR REPLACE INTO received VALUES(?, ?, ?, ?, ?)");
    if (!put) return put.error();
    auto status = put->bind(1, received.size)
                      .bind(2, received.kind)
                      .bind(3, received.name)
                      .bind(4, ByteView(received.body))
                      .bind(5, received.at.ms)
                      .run();
    return status ? status : Status(give_up(status.error()));
}

Result<std::vector<Personal>> Reader::openings(std::uint64_t seq) {
    auto rows =
        database_.prepare("SELECT field, salt, text FROM personal WHERE seq=? ORDER BY field");
    if (!rows) return rows.error();
    rows->bind(1, seq);
    std::vector<Personal> out;
    for (;;) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return out;
        Personal one{std::string(rows->text(0)), {}, std::string(rows->text(2))};
        auto salt = rows->blob(1);
        if (salt.size() == one.salt.size()) std::copy(salt.begin(), salt.end(), one.salt.begin());
        out.push_back(std::move(one));
    }
}

Result<std::optional<KeptCheckpoint>> Reader::newest_checkpoint() {
    auto rows = database_.prepare(std::string(kColumns) + "ORDER BY size DESC LIMIT 1");
    if (!rows) return rows.error();
    return read_one(*rows);
}

Result<std::optional<KeptCheckpoint>> Reader::checkpoint(std::uint64_t size) {
    auto rows = database_.prepare(std::string(kColumns) + "WHERE size=?");
    if (!rows) return rows.error();
    rows->bind(1, size);
    return read_one(*rows);
}

Result<std::vector<KeptCheckpoint>> Reader::checkpoints(std::uint64_t after, std::size_t limit) {
    auto rows = database_.prepare(std::string(kColumns) + "WHERE size>? ORDER BY size LIMIT ?");
    if (!rows) return rows.error();
    rows->bind(1, after).bind(2, static_cast<std::uint64_t>(limit));
    std::vector<KeptCheckpoint> out;
    for (;;) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return out;
        out.push_back(read_row(*rows));
    }
}

Result<std::vector<Received>> Reader::received(std::uint64_t size) {
    auto rows = database_.prepare(
        "SELECT kind, name, body, at FROM received WHERE size=? ORDER BY kind, name");
    if (!rows) return rows.error();
    rows->bind(1, size);
    std::vector<Received> out;
    for (;;) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return out;
        out.push_back({size, std::string(rows->text(0)), std::string(rows->text(1)),
                       to_bytes(rows->blob(2)), Instant{rows->integer(3)}});
    }
}

Result<std::optional<KeptCheckpoint>> Reader::newest_received(std::string_view kind) {
    auto rows = database_.prepare(std::string(kColumns) +
                                  "WHERE size=(SELECT max(size) FROM received WHERE kind=?)");
    if (!rows) return rows.error();
    rows->bind(1, kind);
    return read_one(*rows);
}

}  // namespace seals::ledger
