#include "leaf/checkpoint.hpp"

#include <sqlite3.h>

#include "catch.hpp"
#include "ledger/ledger.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "sample.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

namespace {

constexpr std::int64_t kMinute = 60'000;

KeptCheckpoint at_size(std::uint64_t size, std::int64_t ms, bool pinned = false) {
    return {size, Instant{ms}, "note of " + std::to_string(size), pinned};
}

std::vector<std::uint64_t> sizes_in(const std::string& path) {
    auto reader = Reader::open(path);
    REQUIRE(reader);
    auto all = reader->checkpoints(0, 1000);
    REQUIRE(all);
    std::vector<std::uint64_t> out;
    for (const auto& one : *all)
        out.push_back(one.size);
    return out;
}

}  // namespace

TEST_CASE("checkpoints that come fast give way to the next, those that matter stay") {
    Directory folder;
    auto path = folder.file("ledger.db");
    auto ledger = make(path);
    REQUIRE(ledger.keep_checkpoint(at_size(1, 0)));
    REQUIRE(ledger.keep_checkpoint(at_size(2, 1'000)));
    REQUIRE(ledger.keep_checkpoint(at_size(3, 2'000)));
    REQUIRE(ledger.keep_checkpoint(at_size(4, 3'000)));
    CHECK(sizes_in(path) == std::vector<std::uint64_t>{1, 4});
    REQUIRE(ledger.keep_received({4, "cosignature", "w", {1, 2}, Instant{4'000}}));
    REQUIRE(ledger.keep_checkpoint(at_size(5, 5'000, true)));
    REQUIRE(ledger.keep_checkpoint(at_size(6, 6'000)));
    REQUIRE(ledger.keep_checkpoint(at_size(7, 6'000 + 2 * kMinute)));
    REQUIRE(ledger.keep_checkpoint(at_size(8, 6'000 + 4 * kMinute)));
    CHECK(sizes_in(path) == std::vector<std::uint64_t>{1, 4, 5, 6, 7, 8});
}

TEST_CASE("what others say is kept with its checkpoint, once, and with no other") {
    Directory folder;
    auto path = folder.file("ledger.db");
    auto ledger = make(path);
    REQUIRE(ledger.keep_checkpoint(at_size(3, 0)));
    CHECK(ledger.keep_received({2, "timestamp", "x", {1}, Instant{1}}).error().code ==
          Code::not_found);
    REQUIRE(ledger.keep_received({3, "timestamp", "x", {1}, Instant{1}}));
    REQUIRE(ledger.keep_received({3, "timestamp", "x", {1}, Instant{2}}));
    REQUIRE(ledger.keep_received({3, "cosignature", "w", {2}, Instant{3}}));
    auto reader = Reader::open(path);
    REQUIRE(reader);
    auto received = reader->received(3);
    REQUIRE(received);
    REQUIRE(received->size() == 2);
    CHECK(received->at(0).kind == "cosignature");
    CHECK(received->at(1).body == Bytes{1});
    auto newest = reader->newest_received("cosignature");
    REQUIRE(newest);
    REQUIRE(*newest);
    CHECK((*newest)->size == 3);
    CHECK_FALSE(*reader->newest_received("nothing"));
}

TEST_CASE("verification holds the entries against every checkpoint that is kept") {
    Directory folder;
    auto path = folder.file("ledger.db");
    auto key = leaf::SigningKey::generate();
    REQUIRE(key);
    auto signed_at = [&](Ledger& ledger) {
        leaf::Checkpoint now{kBirth.origin, ledger.size(), ledger.root()};
        return KeptCheckpoint{now.size, Instant{1}, leaf::signed_checkpoint(now, *key), true};
    };
    {
        auto ledger = make(path);
        auto made = event(EventType::key_made);
        made.data.add(
            "vkey", leaf::PublicKey{kBirth.origin, leaf::KeyType::signs, key->public_key()}.vkey());
        put(ledger, {made});
        for (int i = 0; i < 300; ++i) {
            put(ledger, {slot_opened("YZ-1")});
            if (i % 50 == 7) REQUIRE(ledger.keep_checkpoint(signed_at(ledger)));
        }
    }
    VerifyOptions all;
    auto bad_of = [&](const std::string& sql) {
        auto copy = folder.file("copy.db");
        std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
        if (!sql.empty()) {
            sqlite3* db = nullptr;
            REQUIRE(sqlite3_open(copy.c_str(), &db) == SQLITE_OK);
            REQUIRE(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
            sqlite3_close(db);
        }
        auto report = verify(copy, all);
        REQUIRE(report);
        return report->ok ? std::uint64_t{0} : report->first_bad->seq;
    };
    CHECK(bad_of("") == 0);
    CHECK(bad_of("UPDATE checkpoint SET note=replace(note, char(10)||size||char(10), "
                 "char(10)||(size+1)||char(10)) WHERE size=110") == 110);
    CHECK(bad_of("UPDATE checkpoint SET note=(SELECT note FROM checkpoint WHERE size=60) "
                 "WHERE size=110") == 110);
    CHECK(bad_of("UPDATE checkpoint SET note='x' WHERE size=10") == 10);
    CHECK(bad_of("UPDATE checkpoint SET size=9 WHERE size=10") == 9);
    CHECK(bad_of("INSERT INTO checkpoint VALUES(999, 1, 'x', 0)") == 303);
    auto stranger = leaf::SigningKey::generate();
    REQUIRE(stranger);
    auto ledger = Ledger::open(path);
    REQUIRE(ledger);
    leaf::Checkpoint now{kBirth.origin, ledger->size(), ledger->root()};
    REQUIRE(ledger->keep_checkpoint(
        {now.size, Instant{1}, leaf::signed_checkpoint(now, *stranger), true}));
    auto report = verify(path, all);
    REQUIRE(report);
    REQUIRE(report->first_bad);
    CHECK(report->first_bad->seq == now.size);
    CHECK(report->first_bad->reason.find("no key") != std::string::npos);
}

TEST_CASE("a ledger of the schema before opens and keeps checkpoints") {
    Directory folder;
    auto path = folder.file("ledger.db");
    { make(path); }
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, "DROP TABLE checkpoint; DROP TABLE received; PRAGMA user_version=2",
                         nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
    auto ledger = Ledger::open(path);
    REQUIRE(ledger);
    CHECK(ledger->keep_checkpoint(at_size(1, 0)));
}
