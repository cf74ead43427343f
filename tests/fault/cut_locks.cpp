#include "cut_locks.hpp"

#include <algorithm>

#include <sqlite3.h>

namespace seals::test {
namespace {

void drop(std::vector<CutLocks::Owner>& from, CutLocks::Owner owner) {
    from.erase(std::remove(from.begin(), from.end(), owner), from.end());
}

bool has(const std::vector<CutLocks::Owner>& in, CutLocks::Owner owner) {
    return std::find(in.begin(), in.end(), owner) != in.end();
}

bool others(CutLocks::Owner has_it, CutLocks::Owner owner) {
    return has_it != nullptr && has_it != owner;
}

}  // namespace

bool CutLocks::raise(Owner owner, int& level, int to) {
    if (level >= to) return true;
    if (level == SQLITE_LOCK_NONE) {
        if (others(pending_, owner) || others(exclusive_, owner)) return false;
        ++shared_;
        level = SQLITE_LOCK_SHARED;
        if (to == SQLITE_LOCK_SHARED) return true;
    }
    if (others(reserved_, owner)) return false;
    if (to == SQLITE_LOCK_RESERVED) {
        reserved_ = owner;
        level = SQLITE_LOCK_RESERVED;
        return true;
    }
    if (others(pending_, owner)) return false;
    pending_ = owner;
    level = SQLITE_LOCK_PENDING;
    if (shared_ > 1) return false;
    exclusive_ = owner;
    level = SQLITE_LOCK_EXCLUSIVE;
    return true;
}

void CutLocks::lower(Owner owner, int& level, int to) {
    if (level <= to) return;
    for (auto* held : {&reserved_, &pending_, &exclusive_})
        if (*held == owner) *held = nullptr;
    if (to == SQLITE_LOCK_NONE && level > SQLITE_LOCK_NONE) --shared_;
    level = to;
}

volatile void* CutLocks::region(std::size_t index, std::size_t size, bool make) {
    while (regions_.size() <= index) {
        if (!make) return nullptr;
        regions_.push_back(std::make_unique<std::uint8_t[]>(size));
    }
    return regions_[index].get();
}

bool CutLocks::lock_slots(Owner owner, int first, int count, bool exclusive) {
    auto begin = slots_.begin() + first;
    for (auto slot = begin; slot != begin + count; ++slot) {
        if (others(slot->exclusive, owner)) return false;
        bool alone = slot->shared.empty() || (slot->shared.size() == 1 && has(slot->shared, owner));
        if (exclusive && !alone) return false;
    }
    for (auto slot = begin; slot != begin + count; ++slot) {
        if (exclusive)
            slot->exclusive = owner;
        else if (!has(slot->shared, owner))
            slot->shared.push_back(owner);
    }
    return true;
}

void CutLocks::unlock_slots(Owner owner, int first, int count) {
    auto begin = slots_.begin() + first;
    for (auto slot = begin; slot != begin + count; ++slot) {
        if (slot->exclusive == owner) slot->exclusive = nullptr;
        drop(slot->shared, owner);
    }
}

void CutLocks::use_slots(Owner owner) {
    if (!has(users_, owner)) users_.push_back(owner);
}

void CutLocks::forget_slots(Owner owner) {
    unlock_slots(owner, 0, kSlots);
    drop(users_, owner);
    if (users_.empty()) regions_.clear();
}

}  // namespace seals::test
