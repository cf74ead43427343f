// Session: what happens at the door between the order to unlock and the verdict. Every function
// takes one observed fact; a fact that no longer applies (the session is over) changes nothing.
#include "rules/settle.hpp"

namespace seals::rules {
namespace {

Event session_event(EventType type, const Context& context, const Session& session) {
    auto event = make_event(type, context);
    event.actor = device_actor();
    event.session = session.id;
    event.seal = session.seal;
    event.person = session.person;
    if (session.requests.size() == 1) event.request = session.requests.front();
    return event;
}

const Session* session_on(const State& state, const SlotId& slot) {
    auto found = state.slots.find(slot);
    if (found == state.slots.end() || found->second.session.empty()) return nullptr;
    const auto* session = state.session(found->second.session);
    return session != nullptr && is_live(session->stage) ? session : nullptr;
}

// Between the order to unlock and the word whether the line fired.
bool awaits_answer(const Session* session) {
    return session != nullptr && is_live(session->stage) && session->stage != Stage::unknown &&
           !session->answered;
}

Event door_event(EventType type, const Context& context, const SlotId& slot, const Session* session,
                 const Seal* seal) {
    auto event =
        session != nullptr ? session_event(type, context, *session) : make_event(type, context);
    event.actor = device_actor();
    event.request = {};
    if (session == nullptr && seal != nullptr) event.seal = seal->id;
    event.data = make_data({{"slot", slot.str()}});
    return event;
}

}  // namespace

Decision decide_fired(const State& state, const Context& context, const LineFired& fact) {
    Decision decision;
    const auto* session = state.session(fact.session);
    if (!awaits_answer(session)) return decision;
    auto event = session_event(EventType::slot_unlocked, context, *session);
    event.data = make_data({{"slot", session->slot.str()}});
    decision.events.push_back(std::move(event));
    return decision;
}

Decision decide_not_fired(const State& state, const Context& context, const LineNotFired& fact) {
    Decision decision;
    const auto* session = state.session(fact.session);
    if (!awaits_answer(session)) return decision;
    auto event = session_event(EventType::slot_unlock_abandoned, context, *session);
    event.data = make_data({{"slot", session->slot.str()}, {"reason", fact.reason}});
    decision.events.push_back(std::move(event));
    if (session->stage == Stage::promised)
        decision.events.push_back(closing(context, *session, "abandoned", Code::unavailable));
    else  // the door opened all the same; who stands there is known, so the visit goes on
        decision.events.push_back(make_alert(context, "slot_forced", "critical", session->slot,
                                             session->seal, session->id, session->person));
    return decision;
}

Decision decide_lost(const State& state, const Context& context, const OutcomeLost& fact) {
    Decision decision;
    const auto* session = state.session(fact.session);
    if (session == nullptr || session->stage != Stage::promised) return decision;
    auto event = session_event(EventType::session_unknown, context, *session);
    event.data = make_data({{"kind", session->kind}, {"slot", session->slot.str()}});
    decision.events.push_back(std::move(event));
    return decision;
}

Decision decide_door(const State& state, const Context& context, const DoorMoved& fact) {
    Decision decision;
    auto slot = state.slots.find(fact.slot);
    if (slot == state.slots.end() || slot->second.open == fact.open) return decision;
    const auto* session = session_on(state, fact.slot);
    const auto* seal = state.seal_at(fact.slot);
    if (!fact.open) {
        decision.events.push_back(
            door_event(EventType::slot_closed, context, fact.slot, session, seal));
        return decision;
    }
    // A door that opens again after it was shut, or with no visit at all, was not opened by us.
    bool ours = session != nullptr && session->stage != Stage::shut;
    decision.events.push_back(door_event(ours ? EventType::slot_opened : EventType::slot_forced,
                                         context, fact.slot, session, seal));
    if (!ours)
        decision.events.push_back(make_alert(context, "slot_forced", "critical", fact.slot,
                                             seal != nullptr ? seal->id : SealId{}));
    if (session == nullptr)
        add_override(state, context, fact.slot, fact.at_start ? "down" : "forced",
                     fact.at_start ? state.node.down_from : context.now, decision);
    return decision;
}

Decision decide_tag(const State& state, const Context& context, const TagRead& fact) {
    Decision decision;
    auto slot = state.slots.find(fact.slot);
    if (slot == state.slots.end() || is_stale(fact.reading, slot->second, context.now))
        return decision;
    const auto* session = session_on(state, fact.slot);
    if (fact.settling && slot->second.open)
        return decision;  // it moved again: read once more later
    if (session == nullptr) {
        if (fact.settling)
            settle_idle(state, context, fact.slot, fact.reading, Doubt::custody, decision);
        return decision;
    }
    bool settles = session->stage == Stage::shut || session->stage == Stage::unknown;
    if (fact.settling && settles)
        settle_visit(state, context, *session, fact.reading, decision);
    else if (!fact.settling && session->stage == Stage::open)
        note_look(state, context, *session, fact.reading, decision);
    return decision;
}

Decision decide_door_timeout(const State& state, const Context& context, const DoorTimeout& fact) {
    Decision decision;
    const auto* session = state.session(fact.session);
    if (session != nullptr && session->stage == Stage::promised)
        return decide_lost(state, context, OutcomeLost{fact.session});
    if (session == nullptr || session->stage != Stage::unlocked) return decision;
    auto event = session_event(EventType::session_timeout, context, *session);
    event.data = make_data({{"kind", session->kind}, {"stage", name_of(session->stage)}});
    decision.events.push_back(std::move(event));
    decision.events.push_back(closing(context, *session, "no_door", Code::timeout));
    return decision;
}

Decision decide_left_open(const State& state, const Context& context, const LeftOpen& fact) {
    Decision decision;
    auto slot = state.slots.find(fact.slot);
    if (slot == state.slots.end() || !slot->second.open || slot->second.left_open) return decision;
    const auto* session = session_on(state, fact.slot);
    const auto* seal = state.seal_at(fact.slot);
    decision.events.push_back(
        door_event(EventType::slot_left_open, context, fact.slot, session, seal));
    decision.events.push_back(make_alert(context, "left_open", "medium", fact.slot,
                                         seal != nullptr ? seal->id : SealId{},
                                         session != nullptr ? session->id : SessionId{}));
    return decision;
}

}  // namespace seals::rules
