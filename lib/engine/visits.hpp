// Visits: drives the hardware by what is recorded. An unlock order that is durable goes to the
// cabinet; what the cabinet says becomes facts; timers watch doors that do not open or stay open;
// a shut door is read and settles the visit. It holds no truth of its own: after a crash it starts
// empty, and unknown outcomes are settled by reading door and tag again. Loop thread only.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/cabinet.hpp"
#include "engine/engine.hpp"

namespace seals::engine {

struct VisitTimes {
    milliseconds door_timeout{20'000};
    milliseconds left_open{30'000};
    milliseconds look{150};         // between readings while a door is open
    milliseconds settle_wait{50};   // from door shut to the reading that decides
    milliseconds order_lives{600};  // an order whose outcome was lost may fire until then
    milliseconds retry{5'000};      // an unsettled slot is read again
    milliseconds sweep{60'000};     // every shut slot is read, to find what is missing
    milliseconds stale_order{
        2'000};         // a release recorded later than this after its decision never fires
    int odd_reads = 2;  // as many must say the same of a slot that a sweep finds odd
    milliseconds odd_time{5'000};  // over so long
};

class Visits {
  public:
    Visits(loop::Loop& loop, Engine& engine, Cabinet& cabinet, VisitTimes times);

    void set_times(VisitTimes times) { times_ = times; }  // for visits that begin from now on
    void recorded(const std::vector<ledger::Recorded>& entries);  // the engine's effects

    // The door contacts were read anew (start, bolt is back): every slot once.
    void doors(const std::vector<std::pair<SlotId, bool>>& open);
    void door(const SlotId& slot, bool open) { engine_.observe(rules::DoorMoved{slot, open}); }

    // Called once, when the session's order has an outcome that is recorded: fired, abandoned,
    // unknown or closed. Never from within this call.
    void await_order(const SessionId& session, std::function<void()> call);

  private:
    void take(const ledger::Recorded& entry);
    void unlock(const ledger::Recorded& entry);
    void answered(const SessionId& session, const Answer& answer);
    void opened(const SlotId& slot);
    void closed(const SlotId& slot);
    void look(const SlotId& slot);
    void settle(const SlotId& slot);
    void settle_later(const SlotId& slot, milliseconds wait);
    void retry_later(const SlotId& slot);
    void end_session(const SessionId& session, const SlotId& slot);
    void release_waiters(const SessionId& session);
    void sweep();
    void sweep_slot(std::vector<SlotId> left);
    void read_again(const SlotId& slot, const rules::TagReading& first, int said);
    bool is_odd_at(const SlotId& slot, const rules::TagReading& reading) const;
    bool unsettled(const SlotId& slot) const;

    loop::Loop& loop_;
    Engine& engine_;
    Cabinet& cabinet_;
    VisitTimes times_;
    struct Watch {
        loop::Timer door, left_open, look, settle;
        loop::Timer again;      // a sweep's odd reading waits for another
        bool told = false;      // where its door stands is known since the start
        bool looking = false;   // a look is being read
        bool settling = false;  // a settling read is on its way
    };
    std::map<SlotId, Watch> watches_;
    std::map<SessionId, std::vector<std::function<void()>>> waiters_;
    loop::Timer sweep_;
};

}  // namespace seals::engine
