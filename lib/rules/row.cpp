#include "rules/row.hpp"

#include <algorithm>

namespace seals::rules {
namespace {

template <class Map>
RowView view_in(const Map& map, const typename Map::key_type& id,
                bool (*live)(const typename Map::mapped_type&, Instant), Instant now) {
    auto found = map.find(id);
    if (found == map.end()) return {};
    return {live(found->second, now), to_value(found->second)};
}

}  // namespace

bool can_release(const Request& request, Instant now) {
    return !request.over() && now <= request.valid_to();
}

// Requests that a loan or a live visit stands on: what becomes of it still depends on them. A live
// visit is its seal's session; going by the seals keeps a replay quick.
std::set<RequestId> held_requests(const State& state) {
    std::set<RequestId> held;
    for (const auto& [id, seal] : state.seals) {
        if (seal.loan) held.insert(seal.loan->requests.begin(), seal.loan->requests.end());
        if (seal.session.empty()) continue;
        const auto* session = state.session(seal.session);
        if (session != nullptr && is_live(session->stage))
            held.insert(session->requests.begin(), session->requests.end());
    }
    return held;
}

namespace {

// One that was taken stays until it has ended and its source was told.
RowView request_view(const State& state, const RequestId& id, Instant now) {
    const auto* request = state.request(id);
    if (request == nullptr) return {};
    bool stays = !request->settled() || request->needs_cure();
    if (stays || held_requests(state).contains(id)) return {true, to_value(*request)};
    return {can_release(*request, now), to_value(*request), request->valid_to()};
}

RowView inventory_view(const State& state, const std::string& id) {
    const auto* inventory = state.inventory(id);
    if (inventory == nullptr) return {};
    return {is_kept(state.counting, id), to_value(*inventory)};
}

}  // namespace

RowView row_view(const State& state, const Key& key, Instant now) {
    const auto& [kind, id] = key;
    if (kind == "person")
        return view_in(
            state.persons, PersonId(id), +[](const Person&, Instant) { return true; }, now);
    if (kind == "seal")
        return view_in(
            state.seals, SealId(id), +[](const Seal&, Instant) { return true; }, now);
    if (kind == "slot")
        return view_in(
            state.slots, SlotId(id), +[](const Slot&, Instant) { return true; }, now);
    if (kind == "alert")
        return view_in(
            state.alerts, id,
            +[](const Alert& alert, Instant) { return alert.state != AlertState::closed; }, now);
    if (kind == "device")
        return view_in(
            state.devices, id, +[](const Device&, Instant) { return true; }, now);
    if (kind == "job")
        return view_in(
            state.jobs, id, +[](const Job&, Instant) { return true; }, now);
    if (kind == "node") return {true, to_value(state.node)};
    if (kind == "counting") return {true, to_value(state.counting)};
    if (kind == "inventory") return inventory_view(state, id);
    if (kind == "request") return request_view(state, RequestId(id), now);
    if (kind == "handover")
        return view_in(
            state.handovers, id, +[](const Handover& one, Instant) { return one.open(); }, now);
    if (kind == "override")
        return view_in(
            state.overrides, id, +[](const Override& one, Instant) { return one.open(); }, now);
    if (kind == "reconciliation")
        return view_in(
            state.reconciliations, id, +[](const Reconciliation&, Instant) { return false; }, now);
    if (kind == "discrepancy")
        return view_in(
            state.discrepancies, id, +[](const Discrepancy&, Instant) { return false; }, now);
    if (kind == "use")
        return view_in(
            state.uses, id, +[](const Use&, Instant) { return false; }, now);
    if (kind == "loan")
        return view_in(
            state.loans, SessionId(id),
            +[](const LoanRecord& loan, Instant) { return !loan.returned; }, now);
    return view_in(
        state.sessions, SessionId(id),
        +[](const Session& session, Instant) { return is_live(session.stage); }, now);
}

void restore_row(State& state, const std::string& kind, const Value& body) {
    if (kind == "node") state.node = node_from(body);
    if (kind == "counting") state.counting = counting_from(body);
    auto id = body.text_or("id");
    if (kind == "person") state.persons[PersonId(id)] = person_from(body);
    if (kind == "seal") state.seals[SealId(id)] = seal_from(body);
    if (kind == "request") state.requests[RequestId(id)] = request_from(body);
    if (kind == "session") state.sessions[SessionId(id)] = session_from(body);
    if (kind == "slot") state.slots[SlotId(id)] = slot_from(body);
    if (kind == "handover") state.handovers[id] = handover_from(body);
    if (kind == "override") state.overrides[id] = override_from(body);
    if (kind == "inventory") state.inventories[id] = inventory_from(body);
    if (kind == "reconciliation") state.reconciliations[id] = reconciliation_from(body);
    if (kind == "discrepancy") state.discrepancies[id] = discrepancy_from(body);
    if (kind == "alert") state.alerts[id] = alert_from(body);
    if (kind == "device") state.devices[id] = device_from(body);
    if (kind == "job") state.jobs[id] = job_from(body);
    if (kind == "use") state.uses[id] = use_from(body);
    if (kind == "loan") state.loans[SessionId(id)] = loan_record_from(body);
}

bool has_row(const State& state, const Key& key) {
    const auto& [kind, id] = key;
    if (kind == "node" || kind == "counting") return true;
    if (kind == "inventory") return state.inventories.contains(id);
    if (kind == "person") return state.persons.contains(PersonId(id));
    if (kind == "seal") return state.seals.contains(SealId(id));
    if (kind == "request") return state.requests.contains(RequestId(id));
    if (kind == "alert") return state.alerts.contains(id);
    if (kind == "device") return state.devices.contains(id);
    if (kind == "job") return state.jobs.contains(id);
    if (kind == "session") return state.sessions.contains(SessionId(id));
    if (kind == "handover") return state.handovers.contains(id);
    if (kind == "override") return state.overrides.contains(id);
    if (kind == "reconciliation") return state.reconciliations.contains(id);
    if (kind == "discrepancy") return state.discrepancies.contains(id);
    if (kind == "use") return state.uses.contains(id);
    if (kind == "loan") return state.loans.contains(SessionId(id));
    return state.slots.contains(SlotId(id));
}

}  // namespace seals::rules
