// Cabinet: the world and what may happen to it. Each act changes the world, saves it, then tells
// those who follow. Lines stay as they were set until told otherwise, whoever set them has died or
// not. Loop thread only.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "helper/sim.hpp"
#include "loop/loop.hpp"
#include "store.hpp"
#include "tags.hpp"
#include "world.hpp"

namespace seals::simd {

// What a reader says to an APDU.
struct Reply {
    bool never = false;  // it hangs
    milliseconds after{0};
    helper::SimAnswer answer{};
};

class Cabinet {
  public:
    struct Settings {
        milliseconds unlatched_for{60'000};  // then a slot latches by itself
    };
    struct Calls {
        std::function<void(helper::SimEdge)> edge;
        std::function<void(helper::SimClock)> clock;
        std::function<void(SlotNo)> unlatched;  // for the person model
    };
    Cabinet(loop::Loop& loop, Store& store, World world, Settings settings, Calls calls);

    const World& world() const { return world_; }
    helper::SimClock clock() const { return {world_.clock_offset_ms, world_.clock_steps}; }
    std::vector<bool> open_doors() const;
    Result<Value> pulses() const;

    // --- what the electronics do ---
    helper::SimLine set_line(SlotNo slot, bool active);
    Reply transmit(SlotNo slot, ByteView apdu);
    helper::SimAnswer presence(SlotNo slot);
    helper::SimStatus relatch(SlotNo slot);
    helper::SimStatus enrol(const helper::SimTag& tag);

    // --- what a person does; Code::not_found for a slot that is not there ---
    Result<bool> open(SlotNo slot);  // true: by force, against the latch
    Status shut(SlotNo slot);
    Result<std::string> insert(SlotNo slot, const std::string& tag);  // what lay there before
    Result<std::string> remove(SlotNo slot);                          // what was taken out
    Status set_fault(SlotNo slot, Fault fault);
    Status clear_faults(SlotNo slot);
    void set_person(bool automatic);
    void step_clock(std::int64_t by_ms);

    void close();                             // saves and syncs what is still to be written
    std::string hand_for(SlotNo slot) const;  // what a person would put there; empty: nothing

  private:
    Result<Slot*> at(SlotNo slot);
    void save();
    [[noreturn]] void give_up(const Error& why);
    void unlatch(SlotNo number, Slot& slot, std::int64_t now);
    void move_door(SlotNo number, Slot& slot, bool open);
    void chatter(SlotNo number);
    void latch_later(SlotNo number, const Slot& slot);
    void leave_place(const std::string& tag);
    void settle_lines();

    loop::Loop& loop_;
    Store& store_;
    World world_;
    Settings settings_;
    Calls calls_;
    Tags tags_;
    std::map<SlotNo, loop::Timer> latching_;
    struct Chatter {
        loop::Timer timer;
        std::int64_t until_ms = 0;
        bool shown = false;
    };
    std::map<SlotNo, Chatter> chatter_;
    loop::Timer saving_;
    loop::Timer syncing_;
};

}  // namespace seals::simd
