// test_vfs: SQLite's unix VFS with a disk that fails when told to. Every file opened through it
// shares one set of faults and counters; they are atomics, any thread may set them.
//   Programs:  register_test_vfs(), then ledger::Options.vfs = kTestVfs.
//   sealsd as it is built: LD_PRELOAD=libseals_test_vfs_preload.so makes the VFS the default, and
//   SEALS_TEST_VFS=FILE names a file of lines "fail_syncs 1", "fail_writes 1", "room 65536",
//   "sync_ms 5", "read_only 1" that is read again whenever it changes. A missing line is that fault
//   off.
#pragma once

#include <atomic>
#include <cstdint>

namespace seals::test {

inline constexpr const char* kTestVfs = "seals-test";

struct Faults {
    std::atomic<std::int64_t> fail_syncs{0};   // so many syncs answer EIO; below 0: all
    std::atomic<std::int64_t> fail_writes{0};  // so many writes answer EIO; below 0: all
    std::atomic<std::int64_t> room{-1};    // bytes that files may still grow by; below 0: no limit
    std::atomic<std::int64_t> sync_ms{0};  // what a sync takes at least
    // Not 0: the file system was made read-only after an error. What is open cannot be written any
    // more (EROFS), what is opened is opened for reading.
    std::atomic<std::int64_t> read_only{0};

    void clear();
};

struct Traffic {
    std::atomic<std::int64_t> syncs{0};
    std::atomic<std::int64_t> bytes{0};    // written
    std::atomic<std::int64_t> refused{0};  // writes for which there was no room
};

void register_test_vfs(bool as_default = false);  // once or more
Faults& faults();
Traffic& traffic();

}  // namespace seals::test
