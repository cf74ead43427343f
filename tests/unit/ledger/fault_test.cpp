#include <chrono>
#include <filesystem>

#include <unistd.h>

#include "catch.hpp"
#include "ledger/ledger.hpp"
#include "ledger/verify.hpp"
#include "sample.hpp"
#include "test_vfs.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

namespace {

struct FailingDisk {
    Directory directory;
    std::string path = directory.file("ledger.db");
    Options options;

    FailingDisk() {
        test::register_test_vfs();
        test::faults().clear();
        options.vfs = test::kTestVfs;
    }
    ~FailingDisk() { test::faults().clear(); }

    Ledger reopened() {
        auto ledger = Ledger::open(path, options);
        INFO((ledger ? "" : ledger.error().detail));
        REQUIRE(ledger);
        return std::move(*ledger);
    }
};

template <class Outcome>
Code code_of(const Outcome& result) {
    return result ? Code::ok : result.error().code;
}

std::vector<rules::Event> one() {
    return {slot_opened("A")};
}

bool whole(const std::string& path) {
    auto report = verify(path);
    return report && report->ok;
}

}  // namespace

TEST_CASE("a full disk refuses the batch, loses nothing, and takes it once there is room") {
    FailingDisk disk;
    auto ledger = make(disk.path, disk.options);
    put(ledger, one());
    test::faults().room = 20'000;
    std::uint64_t acknowledged = 2;
    Result<std::vector<Recorded>> refused = std::vector<Recorded>{};
    for (int i = 0; i < 200 && refused; ++i) {
        refused = ledger.append(one(), kStamp);
        if (refused) ++acknowledged;
    }
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::unavailable);
    CHECK_FALSE(refused.error().remedy.empty());
    CHECK_FALSE(ledger.stopped());
    CHECK(ledger.size() == acknowledged);
    CHECK(*read(disk.path).size() == acknowledged);
    CHECK(code_of(ledger.append(one(), kStamp)) == Code::unavailable);
    test::faults().room = -1;
    CHECK(put(ledger, one())[0].seq == acknowledged + 1);
    CHECK(whole(disk.path));
}

TEST_CASE("a disk that is full at any byte of a large batch leaves the ledger as it was") {
    FailingDisk disk;
    auto ledger = make(disk.path, disk.options);
    std::vector<rules::Event> batch(300, slot_opened("A", "S"));
    for (std::int64_t room = 0; room < 160'000; room += 9'001) {
        auto before = ledger.size();
        auto root = ledger.root();
        test::faults().room = room;
        auto result = ledger.append(batch, kStamp);
        test::faults().room = -1;
        if (result) continue;
        CHECK(result.error().code == Code::unavailable);
        CHECK(ledger.size() == before);
        CHECK(ledger.root() == root);
        CHECK(*read(disk.path).size() == before);
    }
    put(ledger, batch);
    CHECK(whole(disk.path));
}

TEST_CASE("after a failed sync the outcome is unknown, and nothing more is written") {
    FailingDisk disk;
    std::uint64_t size = 0;
    {
        auto ledger = make(disk.path, disk.options);
        put(ledger, one());
        test::faults().fail_syncs = 1;
        auto failed = ledger.append(one(), kStamp);
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == Code::timeout);
        CHECK_THAT(failed.error().detail, ContainsSubstring("outcome unknown"));
        CHECK(ledger.stopped());
        CHECK(code_of(ledger.append(one(), kStamp)) == Code::unavailable);
        CHECK(code_of(ledger.append(one(), kStamp)) == Code::unavailable);
        size = ledger.size();
        CHECK(size == 2);
    }
    auto ledger = disk.reopened();
    CHECK(ledger.size() >= size);
    CHECK(ledger.size() <= size + 1);
    auto next = ledger.next_seq();
    CHECK(put(ledger, one())[0].seq == next);
    CHECK(whole(disk.path));
}

TEST_CASE("a write that fails stops the ledger as a failed sync does") {
    FailingDisk disk;
    auto ledger = make(disk.path, disk.options);
    test::faults().fail_writes = -1;
    CHECK(code_of(ledger.append(one(), kStamp)) == Code::timeout);
    test::faults().clear();
    CHECK(code_of(ledger.append(one(), kStamp)) == Code::unavailable);
    CHECK(*read(disk.path).size() == 1);
    auto again = disk.reopened();
    put(again, one());
    CHECK(whole(disk.path));
}

TEST_CASE("settling on a full disk loses nothing and is tried again") {
    FailingDisk disk;
    auto ledger = make(disk.path, disk.options);
    for (int i = 0; i < 20; ++i)
        put(ledger, one(),
            {row("seal", "S" + std::to_string(i), object("n", std::string(900, 'x')))});
    test::faults().room = 0;
    CHECK(code_of(ledger.settle()) == Code::unavailable);
    CHECK_FALSE(ledger.stopped());
    test::faults().room = -1;
    REQUIRE(ledger.settle());
    CHECK(read(disk.path).rows("seal", "", 100)->size() == 20);
    put(ledger, one());
    CHECK(whole(disk.path));
}

TEST_CASE("a write that fails while settling stops the ledger, and the ring still has it all") {
    FailingDisk disk;
    {
        auto ledger = make(disk.path, disk.options);
        for (int i = 0; i < 20; ++i)
            put(ledger, one(), {row("seal", "S" + std::to_string(i), object("n", i))});
        test::faults().fail_writes = -1;
        CHECK(code_of(ledger.settle()) == Code::timeout);
        CHECK(ledger.stopped());
        test::faults().clear();
        CHECK(code_of(ledger.append(one(), kStamp)) == Code::unavailable);
        CHECK(code_of(ledger.settle()) == Code::unavailable);
        CHECK(read(disk.path).rows("seal", "", 100)->size() == 20);
    }
    auto again = disk.reopened();
    put(again, one());
    CHECK(read(disk.path).rows("seal", "", 100)->size() == 20);
    CHECK(whole(disk.path));
}

TEST_CASE("settling costs no sync of its own") {
    FailingDisk disk;
    auto ledger = make(disk.path, disk.options);
    put(ledger, one(), {row("seal", "A", object("n", 1))});
    auto before = test::traffic().syncs.load();
    REQUIRE(ledger.settle());
    CHECK(test::traffic().syncs.load() == before);
    put(ledger, one());
    CHECK(test::traffic().syncs.load() == before + 1);
}

TEST_CASE("a single append is one sync") {
    FailingDisk disk;
    auto ledger = make(disk.path, disk.options);
    put(ledger, one(), {row("seal", "A", object("n", 1))});
    auto before = test::traffic().syncs.load();
    for (int i = 0; i < 50; ++i)
        put(ledger, one(), {row("seal", "A", object("n", i))});
    CHECK(test::traffic().syncs.load() - before == 50);
}

TEST_CASE("a file system that turns read-only stops the ledger, says why, and loses nothing") {
    FailingDisk disk;
    std::uint64_t acknowledged = 0;
    {
        auto ledger = make(disk.path, disk.options);
        for (int i = 0; i < 5; ++i)
            put(ledger, one(), {row("seal", "A", object("n", i))});
        acknowledged = ledger.size();
        test::faults().read_only = 1;
        auto refused = ledger.append(one(), kStamp);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Code::timeout);
        CHECK_THAT(refused.error().detail, ContainsSubstring("Read-only file system"));
        CHECK(ledger.stopped());
        CHECK(code_of(ledger.append(one(), kStamp)) == Code::unavailable);
        CHECK(*read(disk.path).size() == acknowledged);  // what is there can still be read
    }
    auto refused = Ledger::open(disk.path, disk.options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::unavailable);
    CHECK_THAT(refused.error().detail, ContainsSubstring("can be read, but not written"));
    CHECK_FALSE(refused.error().remedy.empty());
    test::faults().read_only = 0;
    auto again = disk.reopened();
    CHECK(again.size() == acknowledged);
    put(again, one());
    CHECK(whole(disk.path));
}

TEST_CASE("a checkpoint on a full disk fails, the appends before and after it do not suffer") {
    FailingDisk disk;
    auto ledger = make(disk.path, disk.options);
    std::vector<rules::Event> batch(250, slot_opened("A", "S"));
    auto wal = [&] { return std::filesystem::file_size(disk.path + "-wal"); };
    auto database = [&] { return std::filesystem::file_size(disk.path); };
    // A reader holds the log until it is longer than SQLite lets it be (4000 pages); then it is
    // checkpointed, and starts over within the file that it has.
    auto reader = read(disk.path);
    auto held = reader.hold();
    REQUIRE(reader.size());
    while (wal() < 12'000'000)
        put(ledger, batch);
    held.reset();
    put(ledger, batch);
    put(ledger, batch);
    auto had = database();
    auto log = wal();
    test::faults().room = 0;
    auto refused = test::traffic().refused.load();
    int answered_after_refusal = 0;
    Result<std::vector<Recorded>> outcome = std::vector<Recorded>{};
    while ((outcome = ledger.append(batch, kStamp))) {
        if (test::traffic().refused > refused) ++answered_after_refusal;
        REQUIRE(answered_after_refusal < 1000);
    }
    CHECK(outcome.error().code == Code::unavailable);
    CHECK_FALSE(ledger.stopped());
    CHECK(answered_after_refusal > 0);  // the checkpoint had no room, its append was durable
    CHECK(database() == had);
    CHECK(wal() == log);
    CHECK(*read(disk.path).size() == ledger.size());
    test::faults().room = -1;
    put(ledger, batch);
    CHECK(database() > had);
    CHECK(whole(disk.path));
}

TEST_CASE("a slow disk makes an append slow, not wrong") {
    FailingDisk disk;
    auto ledger = make(disk.path, disk.options);
    test::faults().sync_ms = 20;
    auto start = std::chrono::steady_clock::now();
    put(ledger, one());
    CHECK(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds{20});
}

TEST_CASE("a disk that fails at the birth leaves no half ledger behind") {
    FailingDisk disk;
    for (auto* fault : {&test::faults().fail_syncs, &test::faults().fail_writes}) {
        for (int good = 0; good < 2; ++good) {
            *fault = 1;
            auto made = Ledger::create(disk.path, kBirth, kStart, kStamp, disk.options);
            test::faults().clear();
            if (made) continue;
            auto opened = Ledger::open(disk.path, disk.options);
            if (opened)
                CHECK(opened->size() == 1);
            else
                CHECK(opened.error().code == Code::not_found);
        }
    }
    if (!Ledger::open(disk.path)) make(disk.path);
    CHECK(whole(disk.path));
}
