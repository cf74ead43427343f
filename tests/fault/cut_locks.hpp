// CutLocks: what SQLite's connections within one process share of a database file: its locks, and
// the index of its write-ahead log (the -shm file, which no cut leaves anything of that is read).
// The rules are those of SQLite's unix VFS. One thread: nothing waits, a lock is had or is not.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace seals::test {

class CutLocks {
  public:
    using Owner = const void*;
    static constexpr int kSlots = 8;

    // `level` is what the owner has, and is raised or lowered to what it has then. False: busy.
    bool raise(Owner owner, int& level, int to);
    void lower(Owner owner, int& level, int to);
    bool reserved() const { return reserved_ != nullptr; }

    // Memory that does not move; null when it is not there and shall not be made.
    volatile void* region(std::size_t index, std::size_t size, bool make);
    bool lock_slots(Owner owner, int first, int count, bool exclusive);
    void unlock_slots(Owner owner, int first, int count);
    void forget_slots(Owner owner);  // its locks are gone; with the last user the memory is, too
    void use_slots(Owner owner);

  private:
    struct Slot {
        Owner exclusive = nullptr;
        std::vector<Owner> shared;
    };

    int shared_ = 0;
    Owner reserved_ = nullptr, pending_ = nullptr, exclusive_ = nullptr;
    std::vector<std::unique_ptr<std::uint8_t[]>> regions_;
    std::array<Slot, kSlots> slots_;
    std::vector<Owner> users_;
};

}  // namespace seals::test
