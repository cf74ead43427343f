// What events change of handovers and of openings that we gave no leave for.
#include "rules/evolving.hpp"
#include "rules/row_parts.hpp"

namespace seals::rules {
namespace {

Handover* touch_handover(State& state, const Event& event) {
    auto found = state.handovers.find(event.data.text_or("id"));
    if (found == state.handovers.end()) return nullptr;
    state.touched.emplace("handover", found->first);
    return &found->second;
}

void offer(State& state, const Event& event) {
    Handover handover;
    handover.id = event.data.text_or("id");
    handover.kind =
        term_named(event.data.text_or("kind"), handover_kinds(), HandoverKind::permanent);
    handover.seals = ids_of<SealId>(event.data.texts_or("seals"));
    handover.from = event.person;
    handover.to = PersonId(event.data.text_or("to"));
    handover.by = PersonId(event.data.text_or("by"));
    handover.offered = event.at;
    handover.until = time_or_none(event.data, "until");
    state.touched.emplace("handover", handover.id);
    state.handovers[handover.id] = std::move(handover);
}

void accept(State& state, const Event& event) {
    auto* handover = touch_handover(state, event);
    if (handover == nullptr) return;
    handover->accepted = event.at;
    handover->state = handover->until ? HandoverState::in_force : HandoverState::done;
    for (const auto& id : handover->seals) {
        const auto* seal = state.seal(id);
        handover->before.push_back(seal != nullptr ? seal->custodians : std::vector<PersonId>{});
    }
}

Override* touch_override(State& state, const std::string& id) {
    auto found = state.overrides.find(id);
    if (found == state.overrides.end()) return nullptr;
    state.touched.emplace("override", id);
    return &found->second;
}

}  // namespace

void evolve_handover(State& state, const Event& event) {
    if (event.type == EventType::handover_offered) return offer(state, event);
    if (event.type == EventType::handover_accepted) return accept(state, event);
    auto* handover = touch_handover(state, event);
    if (handover == nullptr) return;
    handover->state =
        event.type == EventType::handover_refused ? HandoverState::refused : HandoverState::done;
}

void evolve_override(State& state, const Event& event) {
    auto id = event.data.text_or("id");
    if (event.type == EventType::override_explained) {
        if (auto* override = touch_override(state, id)) override->explained = true;
        return;
    }
    state.touched.emplace("override", id);
    state.overrides[id] = {id,
                           SlotId(event.data.text_or("slot")),
                           event.data.text_or("cause"),
                           {event.data.integer_or("from")},
                           event.at,
                           false,
                           false};
}

void count_overrides(State& state, const Event& event) {
    bool full = !event.data.boolean_or("since_last") && event.data.find("recount_of") == nullptr;
    if (!full) return;
    for (auto& [id, override] : state.overrides) {
        if (override.counted) continue;
        state.touched.emplace("override", id);
        override.counted = true;
    }
}

}  // namespace seals::rules
