// Shared by the files that evolve() is made of: finds what an event changes and marks it touched.
// Not for other rooms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/evolve.hpp"
#include "rules/row.hpp"

namespace seals::rules {

// The vault's text of that name; empty when it is gone.
std::string personal_of(const Event& event, std::string_view name);

Seal* touch_seal(State& state, const SealId& id);  // null: not known
Request* touch_request(State& state, const RequestId& id);
Session* touch_session(State& state, const SessionId& id);
Person* touch_person(State& state, const PersonId& id);
Slot& touch_slot(State& state, const std::string& id);  // made when it is not there

// What a loan or a visit begins or ceases to hold is live for another time.
void touch_requests(State& state, const std::vector<RequestId>& ids);

// One per noun; evolve() dispatches to them by event type.
void evolve_person(State& state, const Event& event);
void evolve_seal(State& state, const Event& event);
void evolve_request(State& state, const Event& event);
bool evolve_application(State& state, const Event& event);  // true: it was of an application
void evolve_ending(State& state, const Event& event);
void note_late(State& state, const Event& event);  // what an ended request is to be told of anew
void evolve_session(State& state, const Event& event);
void evolve_handover(State& state, const Event& event);
void evolve_override(State& state, const Event& event);
void count_overrides(State& state, const Event& event);  // a full inventory was taken
void evolve_reconciliation(State& state, const Event& event);
void evolve_use(State& state, const Event& event);
void begin_loan_record(State& state, const Event& event);
void end_loan_record(State& state, const Event& event, const SessionId& id);
void evolve_node(State& state, const Event& event);
void evolve_inventory(State& state, const Event& event);
void evolve_alert(State& state, const Event& event);
void evolve_watched(State& state, const Event& event);  // devices, jobs, disk, freeze
void note_removal(State& state, const Event& event);
void forget_removal(State& state, const Event& event);
void count_readings(State& state, const Event& event);  // of a count

// A slot to which something happens is due in the next count of what has changed.
void note_changes(State& state, const Event& event);

}  // namespace seals::rules
