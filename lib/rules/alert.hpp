// Alert: something that a person must look at, from raising to closing. Triggers are in
// alert_trigger (what an event sets off) and watch_alert (what time brings about). Shared by the
// files of this room, not for others.
#pragma once

#include <string>
#include <vector>

#include "rules/making.hpp"

namespace seals::rules {

// What an alert is about, beside slot and seal; see make_alert in making.hpp for the rest.
struct AlertAbout {
    std::string_view type;
    SlotId slot{};
    SealId seal{};
    PersonId person{};
    std::string about{};  // a job, device or entity
    SessionId session{};
    int stage = 0;  // of an alert that comes again as time passes
};

// The severity is that of the table. Raised again while it is not closed, it counts as repeated
// when `again`; otherwise only when somebody had acknowledged it.
Event make_alert(const Context& context, const AlertAbout& about, bool again = false);

// The last step of every decision: what it raises gets an id, or is dropped where the same stands
// open already; what somebody had acknowledged is repeated, unless it only lasts (`by_time`).
void settle_alerts(const State& state, const Context& context, bool by_time,
                   std::vector<Event>& events);

// Adds the alerts (and the freeze) that the decision's events set off.
void add_consequences(const State& state, const Policy& policy, const Context& context,
                      const Command& command, std::vector<Event>& events);

// What time alone brings about: see watch.cpp.
void watch_loans(const State&, const Policy&, const Context&, std::vector<Event>&);
void watch_devices(const State&, const Policy&, const Context&, std::vector<Event>&);
void watch_jobs(const State&, const Policy&, const Context&, std::vector<Event>&);

}  // namespace seals::rules
