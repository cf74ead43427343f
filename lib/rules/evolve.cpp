#include "rules/evolve.hpp"

#include "rules/row.hpp"

namespace seals::rules {
namespace {

std::string personal(const Event& event, std::string_view name) {
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

// What a loan or a visit begins or ceases to hold is live for another time.
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

void set_person(State& state, const Event& event) {
    auto& person = state.persons[event.person];
    state.touched.emplace("person", event.person.str());
    person.id = event.person;
    person.name = personal(event, "name");
    person.phone = personal(event, "phone");
    person.department = event.data.text_or("department");
    person.role = event.data.text_or("role", "staff");
    person.active = event.data.boolean_or("active");
}

void set_seal(State& state, const Event& event) {
    auto& seal = state.seals[event.seal];
    state.touched.emplace("seal", event.seal.str());
    seal.id = event.seal;
    seal.name = personal(event, "name");
    seal.type = event.data.text_or("type");
    seal.entity = event.data.text_or("entity");
    seal.slot = SlotId(event.data.text_or("slot"));
    seal.custodians = ids_of<PersonId>(event.data.texts_or("custodians"));
    seal.filing_no = event.data.text_or("filing_no");
}

void set_request(State& state, const Event& event) {
    Request request;
    request.id = event.request;
    request.source = event.data.text_or("source");
    request.external_id = event.data.text_or("external_id");
    request.applicant = PersonId(event.data.text_or("applicant"));
    request.applicant_name = personal(event, "applicant_name");
    request.department = event.data.text_or("department");
    request.title = personal(event, "title");
    request.chain = personal(event, "chain");
    request.remark = personal(event, "remark");
    request.applied_at = {event.data.integer_or("applied_at")};
    request.lines = lines_from(event.data.find("lines"));
    if (event.data.find("due") != nullptr)
        request.take_out = TakeOut{personal(event, "place"), {event.data.integer_or("due")}};
    state.touched.emplace("request", event.request.str());
    state.requests[event.request] = std::move(request);
}

// A withdrawal may arrive before the approval: then it makes the request, withdrawn for good.
void withdraw(State& state, const Event& event) {
    auto& request = state.requests[event.request];
    state.touched.emplace("request", event.request.str());
    if (request.id.empty()) {
        request.id = event.request;
        request.source = event.data.text_or("source");
        request.external_id = event.data.text_or("external_id");
    }
    request.withdrawn = true;
}

void fail_identification(State& state, const Event& event) {
    if (auto* person = touch_person(state, event.person)) {
        person->failures.push_back(event.at);
        if (person->failures.size() > std::size_t{kFailuresKept})
            person->failures.erase(person->failures.begin());
    }
}

void open_session(State& state, const Event& event) {
    Session session;
    session.id = event.session;
    session.kind = event.data.text_or("kind");
    session.seal = event.seal;
    session.slot = SlotId(event.data.text_or("slot"));
    session.person = event.person;
    session.requests = ids_of<RequestId>(event.data.texts_or("requests"));
    session.opened = event.at;
    state.touched.emplace("session", event.session.str());
    state.sessions[event.session] = session;
    touch_requests(state, session.requests);
    if (auto* seal = touch_seal(state, event.seal)) seal->session = event.session;
    touch_slot(state, session.slot.str()).session = event.session;
    if (auto* person = touch_person(state, event.person)) {  // an identification succeeded
        person->failures.clear();
        person->locked_until.reset();
    }
}

void close_session(State& state, const Event& event) {
    auto* session = touch_session(state, event.session);
    if (session == nullptr) return;
    session->stage = Stage::closed;
    session->verdict = event.data.text_or("verdict");
    session->code = event.data.text_or("code");
    touch_requests(state, session->requests);
    if (auto* seal = touch_seal(state, session->seal)) seal->session = {};
    auto& slot = touch_slot(state, session->slot.str());
    slot.session = {};
    slot.frozen = false;
}

void lose_outcome(State& state, const Event& event) {
    if (auto* session = touch_session(state, event.session)) {
        session->stage = Stage::unknown;
        touch_slot(state, session->slot.str()).frozen = true;
    }
}

void move_door(State& state, const Event& event, bool open) {
    auto& slot = touch_slot(state, event.data.text_or("slot"));
    slot.open = open;
    slot.moved = event.at;
    if (!open) slot.left_open = false;
    auto* session = touch_session(state, event.session);
    if (session == nullptr || session->stage == Stage::unknown) return;
    session->stage = open ? Stage::open : Stage::shut;
}

// Somebody was at it whom we did not let in: nothing is believed of it until it is read again.
void force_slot(State& state, const Event& event) {
    auto& slot = touch_slot(state, event.data.text_or("slot"));
    slot.open = true;
    slot.frozen = true;
    slot.moved = event.at;
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

void evolve_life(State& state, const Event& event) {
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

void evolve_session(State& state, const Event& event) {
    using enum EventType;
    if (event.type == session_opened) return open_session(state, event);
    if (event.type == session_closed) return close_session(state, event);
    if (event.type == session_unknown) return lose_outcome(state, event);
    if (event.type == slot_opened) return move_door(state, event, true);
    if (event.type == slot_closed) return move_door(state, event, false);
    if (event.type == slot_forced) return force_slot(state, event);
    if (event.type == slot_checked) {
        touch_slot(state, event.data.text_or("slot")).frozen = false;
        return;
    }
    if (event.type == slot_left_open) {
        touch_slot(state, event.data.text_or("slot")).left_open = true;
        return;
    }
    auto* session = touch_session(state, event.session);
    if (session == nullptr) return;
    if (event.type == slot_unlocked || event.type == slot_unlock_abandoned)
        session->answered = true;
    if (event.type == slot_unlock_abandoned) session->reason = event.data.text_or("reason");
    if (event.type == slot_unlocked && session->stage == Stage::promised)
        session->stage = Stage::unlocked;
    if (event.type == verify_tag_ok && session->kind == "return") session->moved = true;
}

void evolve_person(State& state, const Event& event) {
    using enum EventType;
    if (event.type == person_registered || event.type == person_changed)
        return set_person(state, event);
    if (event.type == auth_failed) return fail_identification(state, event);
    auto* person = touch_person(state, event.person);
    if (person == nullptr) return;
    if (event.type == auth_locked_out)
        person->locked_until = Instant{event.data.integer_or("until")};
    if (event.type == person_pin_set) {
        person->has_pin = true;
        person->failures.clear();
        person->locked_until.reset();
    }
}

// The cabinet's slots are those that the last boot found wired; one with a live visit stays.
void wire_slots(State& state, const std::vector<std::string>& wired) {
    if (wired.empty()) return;
    std::set<SlotId> kept;
    for (const auto& id : wired)
        kept.insert(touch_slot(state, id).id);
    std::erase_if(state.slots, [&](const auto& item) {
        bool gone = !kept.contains(item.first) && item.second.session.empty();
        if (gone) state.touched.emplace("slot", item.first.str());
        return gone;
    });
}

void evolve_node(State& state, const Event& event) {
    using enum EventType;
    state.touched.emplace("node", "node");
    if (event.type == device_booted) {
        state.node.running = true;
        wire_slots(state, event.data.texts_or("slots"));
    }
    if (event.type == device_shutdown) state.node.running = false;
    if (event.type == config_changed) state.node.config_sha256 = event.data.text_or("sha256");
    if (event.type == policy_loaded) state.node.policy_sha256 = event.data.text_or("sha256");
}

}  // namespace

void evolve(State& state, const Event& event) {
    using enum EventType;
    switch (event.type) {
        case person_registered:
        case person_changed:
        case person_pin_set:
        case auth_failed:
        case auth_locked_out:
            return evolve_person(state, event);
        case seal_registered:
            return set_seal(state, event);
        case seal_enrolled:
        case seal_activated:
            return evolve_life(state, event);
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
        case device_booted:
        case device_shutdown:
        case config_changed:
        case policy_loaded:
            return evolve_node(state, event);
        case request_accepted:
            return set_request(state, event);
        case request_withdrawn:
            return withdraw(state, event);
        default:
            return evolve_session(state, event);
    }
}

}  // namespace seals::rules
