#include "rules/evolving.hpp"

namespace seals::rules {

std::string personal_of(const Event& event, std::string_view name) {
    for (const auto& [key, text] : event.personal)
        if (key == name) return text;
    return {};
}

Seal* touch_seal(State& state, const SealId& id) {
    auto found = state.seals.find(id);
    if (found == state.seals.end()) return nullptr;
    state.touched.emplace("seal", id.str());
    return &found->second;
}

Request* touch_request(State& state, const RequestId& id) {
    auto found = state.requests.find(id);
    if (found == state.requests.end()) return nullptr;
    state.touched.emplace("request", id.str());
    return &found->second;
}

void touch_requests(State& state, const std::vector<RequestId>& ids) {
    for (const auto& id : ids)
        touch_request(state, id);
}

Session* touch_session(State& state, const SessionId& id) {
    auto found = state.sessions.find(id);
    if (found == state.sessions.end()) return nullptr;
    state.touched.emplace("session", id.str());
    return &found->second;
}

Person* touch_person(State& state, const PersonId& id) {
    auto found = state.persons.find(id);
    if (found == state.persons.end()) return nullptr;
    state.touched.emplace("person", id.str());
    return &found->second;
}

Slot& touch_slot(State& state, const std::string& id) {
    auto& slot = state.slots[SlotId(id)];
    slot.id = SlotId(id);
    state.touched.emplace("slot", id);
    return slot;
}

namespace {

using Standing = std::optional<std::pair<SealState, Custody>>;

Standing standing_of(const State& state, const SealId& id) {
    const auto* seal = state.seal(id);
    return seal != nullptr ? Standing({seal->state, seal->custody}) : std::nullopt;
}

void dispatch_further(State& state, const Event& event) {
    using enum EventType;
    switch (event.type) {
        case handover_offered:
        case handover_accepted:
        case handover_refused:
        case handover_ended:
            return evolve_handover(state, event);
        case override_mechanical:
        case override_explained:
            return evolve_override(state, event);
        case inventory_finished:
            count_readings(state, event);
            count_overrides(state, event);
            [[fallthrough]];
        case inventory_started:
        case inventory_missed:
            return evolve_inventory(state, event);
        case reconcile_run:
        case discrepancy_explained:
            return evolve_reconciliation(state, event);
        case alert_raised:
        case alert_repeated:
        case alert_acked:
        case alert_assigned:
        case alert_closed:
            return evolve_alert(state, event);
        case request_fulfilled:
        case request_reported:
        case request_report_failed:
        case request_report_again:
        case request_waived:
        case request_closed:
            return evolve_ending(state, event);
        case cabinet_frozen:
        case cabinet_released:
        case device_silent:
        case device_answering:
        case disk_low:
        case disk_recovered:
        case job_heartbeat:
        case selftest_ok:
        case selftest_failed:
            return evolve_watched(state, event);
        case key_made:
        case key_rotated:
        case rolled_back:
            return evolve_node(state, event);
        case erased:
            return evolve_person(state, event);
        case legalhold_set:
        case legalhold_released:
            return evolve_request(state, event);
        default:
            return evolve_session(state, event);
    }
}

void dispatch(State& state, const Event& event) {
    using enum EventType;
    switch (event.type) {
        case person_registered:
        case person_changed:
        case person_pin_set:
        case auth_failed:
        case auth_locked_out:
            return evolve_person(state, event);
        case seal_registered:
        case seal_enrolled:
        case seal_activated:
        case seal_taken:
        case seal_returned:
        case seal_returned_unverified:
        case seal_missing:
        case seal_unknown:
        case seal_quarantined:
        case seal_recalled:
        case seal_suspended:
        case seal_resumed:
        case seal_lost:
        case seal_notice_published:
        case seal_recovered:
        case seal_unquarantined:
        case seal_retired:
        case seal_replaced:
        case seal_sealed_away:
        case seal_surrendered:
        case seal_destroyed:
        case custodian_changed:
            return evolve_seal(state, event);
        case use_recorded:
        case use_voided:
        case counts_proved:
            return evolve_use(state, event);
        case device_booted:
        case device_shutdown:
        case config_changed:
        case policy_loaded:
            return evolve_node(state, event);
        case request_accepted:
        case request_received:
        case request_rejected:
        case approval_given:
        case approval_refused:
        case request_withdrawn:
        case request_held:
        case request_released:
        case grant_revoked:
        case grant_child_added:
        case request_superseded:
        case request_matched:
        case breakglass_opened:
        case breakglass_cured:
            return evolve_request(state, event);
        default:
            return dispatch_further(state, event);
    }
}

}  // namespace

void evolve(State& state, const Event& event) {
    auto before = standing_of(state, event.seal);
    note_changes(state, event);
    dispatch(state, event);
    note_late(state, event);
    if (standing_of(state, event.seal) != before)
        if (auto* seal = touch_seal(state, event.seal)) seal->since = event.at;
}

}  // namespace seals::rules
