// THE table of event types: name in the ledger, class, the members its `data` and its personal
// text may have, and a text per language. The class says when an event is recorded:
//   release  on the disk before it takes effect, always
//   secure   the effect first (cut power, siren), recorded right after
//   fact     observed or decided; on the disk before anyone is told
// Shared by all rooms; pure.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace seals {

enum class EventClass { release, secure, fact };

enum class EventType {
    ledger_created,
    policy_loaded,
    config_changed,
    device_booted,
    device_shutdown,
    clock_stepped,
    clock_accepted,
    state_recorded,
    person_registered,
    person_changed,
    person_pin_set,
    auth_failed,
    auth_locked_out,
    seal_registered,
    seal_enrolled,
    seal_activated,
    seal_taken,
    seal_returned,
    seal_returned_unverified,
    seal_missing,
    seal_unknown,
    seal_quarantined,
    seal_recalled,
    seal_suspended,
    seal_resumed,
    seal_lost,
    seal_notice_published,
    seal_recovered,
    seal_unquarantined,
    seal_retired,
    seal_replaced,
    seal_sealed_away,
    seal_surrendered,
    seal_destroyed,
    grant_revoked,
    custodian_changed,
    handover_offered,
    handover_accepted,
    handover_refused,
    handover_ended,
    override_mechanical,
    override_explained,
    request_accepted,
    request_withdrawn,
    request_held,
    request_released,
    request_received,
    request_rejected,
    request_matched,
    request_superseded,
    request_fulfilled,
    request_reported,
    request_report_failed,
    request_report_again,
    request_waived,
    request_closed,
    approval_given,
    approval_refused,
    grant_child_added,
    breakglass_opened,
    breakglass_cured,
    use_recorded,
    use_voided,
    counts_proved,
    import_finished,
    take_refused,
    return_refused,
    act_refused,
    session_opened,
    session_closed,
    session_null,
    session_timeout,
    session_unknown,
    slot_unlock_cmd,
    slot_unlocked,
    slot_unlock_abandoned,
    slot_opened,
    slot_closed,
    slot_forced,
    slot_left_open,
    slot_checked,
    verify_tag_ok,
    verify_tag_failed,
    verify_tag_unreadable,
    inventory_started,
    inventory_blind_entry,
    inventory_finished,
    inventory_missed,
    reconcile_run,
    discrepancy_explained,
    alert_raised,
    alert_repeated,
    alert_acked,
    alert_assigned,
    alert_closed,
    cabinet_frozen,
    cabinet_released,
    device_silent,
    device_answering,
    disk_low,
    disk_recovered,
    job_heartbeat,
    key_made,
    key_rotated,
    baseline_recorded,
    evidence_exported,
    legalhold_set,
    legalhold_released,
    retention_purged,
    erased,
    rolled_back,
    backup_done,
    selftest_ok,
    selftest_failed,
    count_
};

struct EventRow {
    EventType type;
    std::string_view name;  // "slot.unlock_cmd"
    EventClass klass;
    std::string_view data;      // space-separated members that `data` may have
    std::string_view personal;  // space-separated names of committed personal text
    std::string_view en;        // sentence for people
    std::string_view zh;
};

std::span<const EventRow> event_rows();  // in the order of the enumeration
const EventRow& row_of(EventType type);
std::optional<EventType> event_type_named(std::string_view name);

}  // namespace seals
