// What events change of a seal: its life and where it is.
#include "rules/evolving.hpp"

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
}

void take_seal(State& state, const Event& event) {
    auto* seal = touch_seal(state, event.seal);
    if (seal == nullptr) return;
    Loan loan{event.person,
              ids_of<RequestId>(event.data.texts_or("requests")),
              event.session,
              event.at,
              {},
              false};
    if (event.data.find("due") != nullptr) loan.due = Instant{event.data.integer_or("due")};
    for (const auto& id : loan.requests)
        if (auto* request = touch_request(state, id)) request->taken = true;
    seal->loan = std::move(loan);
    seal->custody = Custody::in_hand;
    if (auto* session = touch_session(state, event.session)) session->moved = true;
}

void return_seal(State& state, const Event& event) {
    if (auto* seal = touch_seal(state, event.seal)) {
        if (seal->loan) touch_requests(state, seal->loan->requests);
        seal->loan.reset();
        seal->custody = Custody::in_slot;
    }
}

void set_custody(State& state, const Event& event, Custody custody) {
    if (auto* seal = touch_seal(state, event.seal)) seal->custody = custody;
}

void quarantine(State& state, const Event& event) {
    if (auto* seal = touch_seal(state, event.seal)) {
        seal->state = SealState::quarantined;
        seal->custody = Custody::quarantined;
    }
}

void evolve_state(State& state, const Event& event) {
    auto* seal = touch_seal(state, event.seal);
    if (seal == nullptr) return;
    if (event.type == EventType::seal_enrolled) {
        seal->uid = event.data.text_or("uid");
        seal->state = SealState::enrolled;
        seal->custody = Custody::in_slot;
    } else {
        seal->state = SealState::active;
    }
}

}  // namespace

void evolve_seal(State& state, const Event& event) {
    using enum EventType;
    switch (event.type) {
        case seal_registered:
            return set_seal(state, event);
        case seal_enrolled:
        case seal_activated:
            return evolve_state(state, event);
        case seal_taken:
            return take_seal(state, event);
        case seal_returned:
            return return_seal(state, event);
        case seal_returned_unverified:
            return set_custody(state, event, Custody::returned_unverified);
        case seal_missing:
        case seal_unknown:
            return set_custody(state, event, Custody::unknown);
        case seal_quarantined:
            return quarantine(state, event);
        case seal_recalled:
            if (auto* seal = touch_seal(state, event.seal); seal != nullptr && seal->loan)
                seal->loan->recalled = true;
            return;
        default:
            return;
    }
}

}  // namespace seals::rules
