// The disk that forgets, tried by hand: what it may lose, and what it may not.
#include "cut_disk.hpp"

#include <set>

#include <sqlite3.h>

#include "catch.hpp"
#include "cut_vfs.hpp"

using namespace seals;
using namespace seals::test;

namespace {

constexpr std::uint64_t kSeeds = 200;

Bytes block(std::size_t size, std::uint8_t byte) {
    return Bytes(size, byte);
}

CutDisk::FilePtr synced_file(CutDisk& disk, const std::string& name, ByteView bytes) {
    auto file = disk.make(name);
    disk.write(*file, 0, bytes);
    disk.sync(*file);
    disk.sync_folder();
    return file;
}

void fail_power(CutDisk& disk) {
    disk.cut_power();
    disk.restore_power();
}

// A connection through the VFS; SQL that must succeed, or the code that it fails with.
class Connection {
  public:
    explicit Connection(const char* vfs, const char* journal = "WAL") {
        sqlite3_open_v2("/cut/x.db", &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs);
        REQUIRE(run(std::string("PRAGMA journal_mode=") + journal) == SQLITE_OK);
    }
    ~Connection() { sqlite3_close(handle_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int run(const std::string& sql) {
        return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    }
    int number(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        REQUIRE(sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) == SQLITE_OK);
        int out = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
        sqlite3_finalize(statement);
        return out;
    }

  private:
    sqlite3* handle_ = nullptr;
};

}  // namespace

TEST_CASE("what was synced survives every cut, what was not may be kept, lost or torn") {
    std::set<std::string> fates;
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
        CutDisk disk(seed);
        auto file = synced_file(disk, "x", block(4096, 'a'));
        disk.write(*file, 1024, block(2048, 'b'));
        CHECK(file->now[1024] == 'b');
        fail_power(disk);
        REQUIRE(disk.find("x"));
        const auto& now = disk.find("x")->now;
        REQUIRE(now.size() == 4096);
        auto b = static_cast<std::size_t>(std::count(now.begin(), now.end(), 'b'));
        CHECK(std::count(now.begin(), now.begin() + 1024, 'a') == 1024);
        CHECK(std::count(now.begin() + 3072, now.end(), 'a') == 1024);
        CHECK(b % CutDisk::kSector == 0);
        fates.insert(b == 0 ? "lost" : b == 2048 ? "kept" : "torn");
    }
    CHECK(fates == std::set<std::string>{"kept", "lost", "torn"});
}

TEST_CASE("a torn write leaves its neighbours in the same sector alone") {
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
        CutDisk disk(seed);
        auto file = synced_file(disk, "x", block(1000, 'a'));
        disk.write(*file, 700, block(100, 'b'));
        fail_power(disk);
        const auto& now = disk.find("x")->now;
        REQUIRE(now.size() == 1000);
        CHECK(std::count(now.begin(), now.begin() + 700, 'a') == 700);
        CHECK(std::count(now.begin() + 800, now.end(), 'a') == 200);
    }
}

TEST_CASE("later writes may survive earlier ones") {
    bool seen = false;
    for (std::uint64_t seed = 0; seed < kSeeds && !seen; ++seed) {
        CutDisk disk(seed);
        auto file = synced_file(disk, "x", block(1024, 'a'));
        disk.write(*file, 0, block(512, 'b'));
        disk.write(*file, 512, block(512, 'c'));
        fail_power(disk);
        seen = disk.find("x")->now[0] == 'a' && disk.find("x")->now[512] == 'c';
    }
    CHECK(seen);
}

TEST_CASE("a name lasts once its folder is synced, whatever was done to its file") {
    int made_lost = 0, made_kept = 0, taken_back = 0, taken_gone = 0;
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
        CutDisk disk(seed);
        synced_file(disk, "old", block(10, 'o'));
        auto fresh = disk.make("new");
        disk.write(*fresh, 0, block(10, 'n'));
        disk.sync(*fresh);
        disk.remove("old");
        CHECK_FALSE(disk.find("old"));
        fail_power(disk);
        ++(disk.find("new") ? made_kept : made_lost);
        ++(disk.find("old") ? taken_back : taken_gone);
        if (disk.find("new")) CHECK(disk.find("new")->now == block(10, 'n'));
        if (disk.find("old")) CHECK(disk.find("old")->now == block(10, 'o'));
    }
    for (int seen : {made_lost, made_kept, taken_back, taken_gone})
        CHECK(seen > 0);
    CutDisk disk(1);
    synced_file(disk, "old", block(10, 'o'));
    disk.remove("old");
    disk.sync_folder();
    fail_power(disk);
    CHECK_FALSE(disk.find("old"));
}

TEST_CASE("the change that the power fails in is not answered, and none after it") {
    CutDisk disk(1);
    auto file = synced_file(disk, "x", block(10, 'a'));
    disk.cut_power_in(2);
    CHECK(disk.write(*file, 0, block(1, 'b')));
    CHECK_FALSE(disk.write(*file, 1, block(1, 'b')));
    CHECK(disk.struck() == "write x");
    CHECK_FALSE(disk.powered());
    CHECK_FALSE(disk.sync(*file));
    CHECK_FALSE(disk.truncate(*file, 0));
    disk.restore_power();
    CHECK(disk.powered());
    disk.cut_power_in(1, "sync");
    CHECK(disk.write(*disk.find("x"), 0, block(1, 'c')));
    CHECK_FALSE(disk.sync(*disk.find("x")));
}

TEST_CASE("a disk that lies about its syncs loses what was synced") {
    bool lost = false;
    for (std::uint64_t seed = 0; seed < kSeeds && !lost; ++seed) {
        CutDisk disk(seed);
        auto file = synced_file(disk, "x", block(10, 'a'));
        disk.lies = true;
        disk.write(*file, 0, block(10, 'b'));
        CHECK(disk.sync(*file));
        fail_power(disk);
        lost = disk.find("x")->now == block(10, 'a');
    }
    CHECK(lost);
}

TEST_CASE("the same seed loses the same") {
    auto after = [](std::uint64_t seed) {
        CutDisk disk(seed);
        auto file = synced_file(disk, "x", block(8192, 'a'));
        for (std::size_t at = 0; at < 8192; at += 700)
            disk.write(*file, at, block(600, 'b'));
        fail_power(disk);
        return disk.find("x")->now;
    };
    CHECK(after(7) == after(7));
    CHECK(after(7) != after(8));
}

TEST_CASE("a reader keeps its state while a writer writes, and a second writer is told to wait") {
    CutDisk disk(1);
    CutVfs vfs(disk, "cut-test");
    Connection writer("cut-test"), reader("cut-test"), other("cut-test");
    REQUIRE(writer.run("CREATE TABLE t(a); INSERT INTO t VALUES(1)") == SQLITE_OK);
    REQUIRE(reader.run("BEGIN") == SQLITE_OK);
    CHECK(reader.number("SELECT count(*) FROM t") == 1);
    REQUIRE(writer.run("BEGIN IMMEDIATE; INSERT INTO t VALUES(2)") == SQLITE_OK);
    CHECK(other.run("INSERT INTO t VALUES(3)") == SQLITE_BUSY);
    REQUIRE(writer.run("COMMIT") == SQLITE_OK);
    CHECK(reader.number("SELECT count(*) FROM t") == 1);
    REQUIRE(reader.run("COMMIT") == SQLITE_OK);
    CHECK(reader.number("SELECT count(*) FROM t") == 2);
    CHECK(other.run("INSERT INTO t VALUES(3)") == SQLITE_OK);
    CHECK(reader.number("SELECT count(*) FROM t") == 3);
}

TEST_CASE("with a rollback journal a reader holds a writer off, and the writer a reader") {
    CutDisk disk(1);
    CutVfs vfs(disk, "cut-test");
    Connection writer("cut-test", "DELETE"), reader("cut-test", "DELETE");
    REQUIRE(writer.run("CREATE TABLE t(a); INSERT INTO t VALUES(1)") == SQLITE_OK);
    REQUIRE(reader.run("BEGIN; SELECT * FROM t") == SQLITE_OK);
    CHECK(writer.run("INSERT INTO t VALUES(2)") == SQLITE_BUSY);
    REQUIRE(reader.run("COMMIT") == SQLITE_OK);
    REQUIRE(writer.run("BEGIN EXCLUSIVE") == SQLITE_OK);
    CHECK(reader.run("SELECT * FROM t") == SQLITE_BUSY);
    REQUIRE(writer.run("COMMIT") == SQLITE_OK);
    CHECK(reader.number("SELECT count(*) FROM t") == 1);
}

TEST_CASE("a pragma is overruled before SQLite sees it, or not carried out") {
    CutDisk disk(1);
    CutVfs vfs(disk, "cut-test");
    vfs.pragmas = {{"synchronous", "1"}, {"cache_size", ""}};
    Connection connection("cut-test");
    auto before = connection.number("PRAGMA cache_size");
    REQUIRE(connection.run("PRAGMA synchronous=FULL; PRAGMA cache_size=77") == SQLITE_OK);
    CHECK(connection.number("PRAGMA synchronous") == 1);
    CHECK(connection.number("PRAGMA cache_size") == before);
}

TEST_CASE("a write-ahead log's name is synced with its first sync, as SQLite's unix VFS does it") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CutDisk disk(seed);
        CutVfs vfs(disk, "cut-test");
        {
            Connection connection("cut-test");
            REQUIRE(connection.run("PRAGMA synchronous=FULL; CREATE TABLE t(a)") == SQLITE_OK);
            disk.cut_power();
        }
        disk.restore_power();
        CHECK(disk.find("/cut/x.db"));
        CHECK(disk.find("/cut/x.db-wal"));
        Connection again("cut-test");
        CHECK(again.number("SELECT count(*) FROM t") == 0);
    }
}
