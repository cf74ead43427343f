// The closed sets of state words, as ledger and API spell them and as Chinese output shows them.
// Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace seals {

// A seal's life; words/seal_acts says which act leads from where to where.
enum class SealState {
    registered,
    enrolled,
    active,
    suspended,
    quarantined,
    lost,
    notice,  // lost, its public invalidation running
    retired,
    replaced,
    sealed_away,
    surrendered,
    destroyed
};

// Where the seal is, as far as the ledger knows. `gone`: destroyed.
enum class Custody { in_slot, in_hand, returned_unverified, quarantined, at_issuer, gone, unknown };

// `received`: applied for here, not yet approved. `in_progress`: taken at least once. `expired` is
// never stored: it is a matter of the clock. `superseded`: another request stands for it. From
// `fulfilled` on nothing is given out any more.
enum class RequestState {
    received,
    accepted,
    in_progress,
    held,
    fulfilled,
    part_fulfilled,
    reported,
    closed,
    rejected,
    withdrawn,
    revoked,
    expired,
    superseded
};

// How a request that was taken ended: all that was granted was stamped, some of it, nothing, or it
// was withdrawn.
enum class RequestOutcome { fulfilled, part_fulfilled, unused, withdrawn };

enum class HandoverKind { permanent, temporary, absence };
enum class HandoverState { offered, in_force, done, refused };

enum class LineMode { on_site, take_out };

// What a count says of one slot.
enum class Verdict {
    present,
    present_weak,
    out,
    overdue,
    missing,
    wrong_seal,
    foreign_tag,
    forged,
    unreadable,
    returned_unverified,
    empty
};

// Whether a count that says so has found the cabinet otherwise than it should be.
bool is_discrepancy(Verdict);

// What a person's blind entry of one slot is worth beside the machine's reading. unproved: the tag
// could not be read, or the slot was in use.
enum class BlindResult { agrees, differs, not_counted, unproved };

bool is_mismatch(BlindResult);
// What a reconciliation finds of one line; the first that applies.
enum class LineClass {
    matched,
    over_approved,
    without_request,
    approved_unused,
    not_returned,
    content_differs,
    paper_pending
};
inline constexpr std::size_t kLineClasses = 7;

// Whether somebody must still do something about it.
enum class LineState { matched, explained, open };
inline constexpr std::size_t kLineStates = 3;

// Why it is in its class.
enum class LineDetail {
    none,
    no_request,
    not_in_export,
    withdrawn_in_oa,
    pending_in_oa,
    rejected_in_oa,
    used_more,
    taken_more,
    export_contradicts,
    withdrawn_here,
    fields,
    out,
    overdue,
    paper,
    not_received,
    window_open,
    window_over,
    other_period
};
// acknowledged: somebody has seen it. A closed one was dealt with, and stays so.
enum class AlertState { open, acknowledged, closed };

struct TermRow {
    std::string_view name;
    std::string_view zh;
};

std::span<const TermRow> seal_states();
std::span<const TermRow> custodies();
std::span<const TermRow> request_states();
std::span<const TermRow> request_outcomes();
std::span<const TermRow> line_modes();
std::span<const TermRow> handover_kinds();
std::span<const TermRow> handover_states();
std::span<const TermRow> verdicts();
std::span<const TermRow> blind_results();
std::span<const TermRow> alert_states();
std::span<const TermRow> session_verdicts();  // strings only: how a visit ended
std::span<const TermRow> line_classes();
std::span<const TermRow> line_states();
std::span<const TermRow> line_details();

std::string_view name_of(SealState);
std::string_view name_of(Custody);
std::string_view name_of(RequestState);
std::string_view name_of(RequestOutcome);
std::string_view name_of(LineMode);
std::string_view name_of(HandoverKind);
std::string_view name_of(HandoverState);
std::string_view name_of(Verdict);
std::string_view name_of(BlindResult);
std::string_view name_of(LineClass);
std::string_view name_of(LineState);
std::string_view name_of(LineDetail);
std::string_view name_of(AlertState);

// The enumerator of that name; `otherwise` when there is none (our own stored rows only).
template <class E>
E term_named(std::string_view name, std::span<const TermRow> rows, E otherwise) {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].name == name) return static_cast<E>(i);
    return otherwise;
}

}  // namespace seals
