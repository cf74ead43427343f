#include "person.hpp"

namespace seals::simd {
namespace {

// After the door opened the contact may chatter for 100 ms; a person is never faster than that.
constexpr milliseconds kReach{50}, kGrasp{70}, kLetGo{80};

}  // namespace

void Person::then(SlotNo slot, milliseconds wait, void (Person::*step)(SlotNo)) {
    next_[slot] = loop_.after(wait, [this, slot, step] { (this->*step)(slot); });
}

void Person::slot_unlatched(SlotNo slot) {
    if (!cabinet_.world().person_auto) return;
    then(slot, kReach, cabinet_.world().slots[slot - 1U].open ? &Person::shut : &Person::open);
}

void Person::resume() {
    const auto& slots = cabinet_.world().slots;
    for (SlotNo slot = 1; slot <= slots.size(); ++slot)
        if (!slots[slot - 1U].latched || slots[slot - 1U].open) slot_unlatched(slot);
}

void Person::open(SlotNo slot) {
    next_.erase(slot);
    if (cabinet_.world().slots[slot - 1U].latched) return;  // too late
    if (cabinet_.open(slot)) then(slot, kGrasp, &Person::swap);
}

void Person::swap(SlotNo slot) {
    if (!cabinet_.remove(slot))
        if (auto tag = cabinet_.hand_for(slot); !tag.empty()) (void)cabinet_.insert(slot, tag);
    then(slot, kLetGo, &Person::shut);
}

void Person::shut(SlotNo slot) {
    next_.erase(slot);
    (void)cabinet_.shut(slot);
}

}  // namespace seals::simd
