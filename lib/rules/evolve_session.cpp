// What events change of a visit, its slot and its door.
#include "rules/evolving.hpp"
#include "rules/row_parts.hpp"

namespace seals::rules {
namespace {

void open_session(State& state, const Event& event) {
    Session session;
    session.id = event.session;
    session.kind = event.data.text_or("kind");
    session.seal = event.seal;
    session.slot = SlotId(event.data.text_or("slot"));
    session.person = event.person;
    session.requests = ids_of<RequestId>(event.data.texts_or("requests"));
    session.opened = event.at;
    session.curfew = time_or_none(event.data, "curfew");
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
    if (open) slot.unopened = 0;
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
    slot.unopened = 0;
}

void note_null(State& state, const Event& event) {
    auto* person = touch_person(state, event.person);
    if (person == nullptr) return;
    person->nulls.push_back(event.at);
    if (person->nulls.size() > std::size_t{kNullsKept}) person->nulls.erase(person->nulls.begin());
}

}  // namespace

void evolve_session(State& state, const Event& event) {
    using enum EventType;
    if (event.type == session_opened) return open_session(state, event);
    if (event.type == session_closed) return close_session(state, event);
    if (event.type == session_unknown) return lose_outcome(state, event);
    if (event.type == slot_opened) return move_door(state, event, true);
    if (event.type == slot_closed) return move_door(state, event, false);
    if (event.type == slot_forced) return force_slot(state, event);
    if (event.type == session_null) return note_null(state, event);
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
    if (event.type == session_timeout) ++touch_slot(state, session->slot.str()).unopened;
    if (event.type == slot_unlocked || event.type == slot_unlock_abandoned)
        session->answered = true;
    if (event.type == slot_unlock_abandoned) session->reason = event.data.text_or("reason");
    if (event.type == slot_unlocked && session->stage == Stage::promised)
        session->stage = Stage::unlocked;
    if (event.type == verify_tag_ok && session->kind == "return") session->moved = true;
}

}  // namespace seals::rules
