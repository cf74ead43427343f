// What events change of a seal: its life and where it is.
#include "rules/evolving.hpp"
#include "rules/row_parts.hpp"
#include "words/seal_acts.hpp"

namespace seals::rules {
namespace {

void set_seal(State& state, const Event& event) {
    auto& seal = state.seals[event.seal];
    state.touched.emplace("seal", event.seal.str());
    seal.id = event.seal;
    seal.name = personal_of(event, "name");
    seal.type = event.data.text_or("type");
    seal.entity = event.data.text_or("entity");
    seal.slot = SlotId(event.data.text_or("slot"));
    seal.custodians = ids_of<PersonId>(event.data.texts_or("custodians"));
    seal.filing_no = event.data.text_or("filing_no");
    seal.replaces = SealId(event.data.text_or("replaces"));
    seal.state_since = event.at;
}

void take_seal(State& state, const Event& event) {
    auto* seal = touch_seal(state, event.seal);
    if (seal == nullptr) return;
    Loan loan{event.person,
              ids_of<RequestId>(event.data.texts_or("requests")),
              event.session,
              event.at,
              time_or_none(event.data, "due"),
              false,
              time_or_none(event.data, "curfew")};
    for (const auto& id : loan.requests)
        if (auto* request = touch_request(state, id)) request->taken = true;
    seal->loan = std::move(loan);
    seal->custody = Custody::in_hand;
    begin_loan_record(state, event);
    if (auto* session = touch_session(state, event.session)) session->moved = true;
}

void end_loan(State& state, Seal& seal, const Event& event) {
    if (seal.loan) {
        touch_requests(state, seal.loan->requests);
        end_loan_record(state, event, seal.loan->session);
        seal.last_returned = event.at;
        seal.last_loan = std::move(seal.loan);
    }
    seal.loan.reset();
}

void return_seal(State& state, const Event& event) {
    if (auto* seal = touch_seal(state, event.seal)) {
        end_loan(state, *seal, event);
        seal->custody = Custody::in_slot;
    }
}

void set_custody(State& state, const Event& event, Custody custody) {
    if (auto* seal = touch_seal(state, event.seal)) seal->custody = custody;
}

void set_state(Seal& seal, SealState state, Instant at) {
    seal.state = state;
    seal.state_since = at;
}

void recall(State& state, const Event& event) {
    auto* seal = touch_seal(state, event.seal);
    if (seal == nullptr || !seal->loan) return;
    seal->loan->recalled = true;
    seal->loan->recalled_at = event.at;
}

void quarantine(State& state, const Event& event) {
    auto* seal = touch_seal(state, event.seal);
    if (seal == nullptr) return;
    if (seal->state != SealState::quarantined) {
        seal->before = seal->state;
        set_state(*seal, SealState::quarantined, event.at);
    }
    seal->custody = Custody::quarantined;
}

// Where the seal is, nobody knows until it is read again.
void release_quarantine(State& state, const Event& event) {
    auto* seal = touch_seal(state, event.seal);
    if (seal == nullptr) return;
    set_state(*seal, term_named(event.data.text_or("state"), seal_states(), SealState::enrolled),
              event.at);
    seal->before = SealState::registered;
    seal->custody = Custody::unknown;
}

void replace(State& state, const Event& event) {
    auto* seal = touch_seal(state, event.seal);
    if (seal == nullptr) return;
    seal->replaced_by = SealId(event.data.text_or("by"));
    set_state(*seal, SealState::replaced, event.at);
}

// An act of the table: what it brings beside the state.
void live_on(State& state, const Event& event, const SealActRow& row) {
    auto* seal = touch_seal(state, event.seal);
    if (seal == nullptr) return;
    set_state(*seal, row.to, event.at);
    if (row.act == SealAct::enrol) {
        seal->uid = event.data.text_or("uid");
        seal->custody = Custody::in_slot;
    }
    if (row.act == SealAct::lose) seal->custody = Custody::unknown;
    if (row.act == SealAct::recover) {
        end_loan(state, *seal, event);
        seal->uid.clear();
        seal->custody = Custody::unknown;
    }
    if (!row.leaves_house) return;
    end_loan(state, *seal, event);
    seal->slot = {};
    seal->custody = row.act == SealAct::destroy ? Custody::gone : Custody::at_issuer;
}

void change_custodians(State& state, const Event& event) {
    if (auto* seal = touch_seal(state, event.seal))
        seal->custodians = ids_of<PersonId>(event.data.texts_or("custodians"));
}

}  // namespace

void evolve_seal(State& state, const Event& event) {
    using enum EventType;
    switch (event.type) {
        case seal_registered:
            return set_seal(state, event);
        case seal_taken:
            note_removal(state, event);
            return take_seal(state, event);
        case seal_returned:
            forget_removal(state, event);
            return return_seal(state, event);
        case seal_returned_unverified:
            return set_custody(state, event, Custody::returned_unverified);
        case seal_missing:
            note_removal(state, event);
            return set_custody(state, event, Custody::unknown);
        case seal_unknown:
            return set_custody(state, event, Custody::unknown);
        case seal_quarantined:
            return quarantine(state, event);
        case seal_unquarantined:
            return release_quarantine(state, event);
        case seal_replaced:
            return replace(state, event);
        case custodian_changed:
            return change_custodians(state, event);
        case seal_recalled:
            return recall(state, event);
        default:
            for (const auto& row : seal_act_rows())
                if (row.event == event.type) return live_on(state, event, row);
    }
}

}  // namespace seals::rules
