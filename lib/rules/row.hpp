// The objects of State as rows of the ledger's views, both ways. Pure, any thread.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/value.hpp"
#include "rules/state.hpp"

namespace seals::rules {

// The form of all rows together, kept in the row of the node. Raise it with any change to what
// to_value() writes or to when a row is live: the views of another version are made anew from the
// entries before anything reads them.
inline constexpr int kRowVersion = 4;

// How a row is kept: live ones are in memory from the start, others are read when a command names
// them. `until`: after that time it is not live, though nothing touches it. `body` is null when the
// object is gone.
struct RowView {
    bool live = false;
    std::optional<Value> body;
    std::optional<Instant> until{};
};

// The row of that key as the state has it now.
RowView row_view(const State& state, const Key& key, Instant now);

// Puts a stored row back into the state; a kind we do not know is ignored (rows are rebuildable).
void restore_row(State& state, const std::string& kind, const Value& body);

// Whether the state has that object in memory.
bool has_row(const State& state, const Key& key);

// Requests that a loan or a live visit stands on.
std::set<RequestId> held_requests(const State& state);

bool can_release(const Request&, Instant now);

// Takes finished sessions, handovers and overrides, and requests of which nothing more can come out
// of memory; their rows stay.
void evict_settled(State& state, Instant now);

// The same object by object, for a replay, which decides where each row stays. Kinds of which a
// cabinet has but few (persons, seals, slots) never settle.
bool can_settle(std::string_view kind);
bool is_settled(const State&, const Key&, const std::set<RequestId>& held, Instant now);
void drop_row(State&, const Key&);  // out of memory

Value to_value(const Person&);
Value to_value(const Seal&);
Value to_value(const Request&);
Value to_value(const Session&);
Value to_value(const Slot&);
Value to_value(const Reconciliation&);
Value to_value(const Discrepancy&);
Value to_value(const Node&);
Value to_value(const Handover&);
Value to_value(const Override&);
Value to_value(const Alert&);
Value to_value(const Device&);
Value to_value(const Job&);
Person person_from(const Value&);
Seal seal_from(const Value&);
Request request_from(const Value&);
Session session_from(const Value&);
Slot slot_from(const Value&);
Reconciliation reconciliation_from(const Value&);
Discrepancy discrepancy_from(const Value&);
Node node_from(const Value&);
Handover handover_from(const Value&);
Override override_from(const Value&);
Value to_value(const Use&);
Value to_value(const LoanRecord&);
Use use_from(const Value&);
LoanRecord loan_record_from(const Value&);
Value to_value(const Inventory&);
Value to_value(const Counting&);
Inventory inventory_from(const Value&);
Counting counting_from(const Value&);
std::vector<CountedSlot> counted_slots_from(const Value* array);  // as in inventory.finished

bool is_kept(const Counting&, const std::string& inventory);  // in memory
Alert alert_from(const Value&);
Device device_from(const Value&);
Job job_from(const Value&);

Value to_value(const Application&);
Application application_from(const Value&);
// A chain also stands in request.received, in the same form.
Value steps_value(const std::vector<ApprovalStep>& steps);
std::vector<ApprovalStep> steps_from(const Value* array);

// Lines and take-out also stand in request.accepted, in the same form.
Value to_value(const Line&);
Line line_from(const Value&);
std::vector<Line> lines_from(const Value* array);

template <class IdType>
std::vector<std::string> texts_of(const std::vector<IdType>& ids) {
    std::vector<std::string> out;
    for (const auto& id : ids)
        out.push_back(id.str());
    return out;
}

template <class IdType>
std::vector<IdType> ids_of(const std::vector<std::string>& texts) {
    std::vector<IdType> out;
    for (const auto& text : texts)
        out.emplace_back(text);
    return out;
}

}  // namespace seals::rules
