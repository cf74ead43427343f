// Doors: the settled door contacts, from whichever adapter, as sealsd is told of them. Loop thread.
#pragma once

#include <functional>
#include <vector>

#include "hardware/contact.hpp"
#include "hardware/debounce.hpp"
#include "helper/bolt.hpp"
#include "loop/loop.hpp"

namespace seals::bolt {

class Doors {
  public:
    struct Calls {
        std::function<void(helper::ContactEdge)> edge;
        std::function<void(bool reached)> snapshot;  // all doors changed at once
    };
    Doors(loop::Loop& loop, hardware::Contact& contact, SlotNo slots, milliseconds settle,
          Calls calls);
    std::vector<helper::DoorState> all() const;

  private:
    void see(hardware::Edge edge);
    void reset(const std::vector<hardware::Door>& doors);
    void settle();

    loop::Loop& loop_;
    std::vector<hardware::Debounce> doors_;  // slot n is element n - 1
    Calls calls_;
    loop::Timer timer_;
};

}  // namespace seals::bolt
