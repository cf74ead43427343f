// Person: who stands before the cabinet. With "person auto" somebody opens each slot that
// unlatches, takes the tag out or puts the missing one back, and shuts; with "none" nobody acts.
// Loop thread.
#pragma once

#include <map>

#include "cabinet.hpp"

namespace seals::simd {

class Person {
  public:
    Person(loop::Loop& loop, Cabinet& cabinet) : loop_(loop), cabinet_(cabinet) {}
    void slot_unlatched(SlotNo slot);
    void resume();  // after a restart: go on where a former process left off

  private:
    void open(SlotNo slot);
    void swap(SlotNo slot);
    void shut(SlotNo slot);
    void then(SlotNo slot, milliseconds wait, void (Person::*step)(SlotNo));

    loop::Loop& loop_;
    Cabinet& cabinet_;
    std::map<SlotNo, loop::Timer> next_;
};

}  // namespace seals::simd
