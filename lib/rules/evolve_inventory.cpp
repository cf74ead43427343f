// How counts, and what they are about, change the state.
#include <algorithm>

#include "rules/evolving.hpp"

namespace seals::rules {
namespace {

Inventory inventory_of(const State& state, const Event& event) {
    const auto& data = event.data;
    Inventory inventory;
    inventory.id = data.text_or("id");
    inventory.at = event.at;
    inventory.person = event.person;
    inventory.blind = data.boolean_or("blind");
    inventory.since_last = data.boolean_or("since_last");
    inventory.recount_of = data.text_or("recount_of");
    inventory.duration = milliseconds{data.integer_or("duration_ms")};
    inventory.reading = milliseconds{data.integer_or("reading_ms")};
    inventory.slot_max = milliseconds{data.integer_or("slot_max_ms")};
    inventory.items = counted_slots_from(data.find("items"));
    for (auto& item : inventory.items)
        if (const auto* seal = state.seal(item.seal)) item.entity = seal->entity;
    return inventory;
}

// What is in order is not counted again until something happens to it.
void mark_counted(State& state, const Inventory& inventory) {
    for (const auto& item : inventory.items) {
        auto slot = state.slots.find(item.slot);
        bool fine = !item.busy && !is_discrepancy(item.verdict);
        if (slot == state.slots.end() || slot->second.counted == fine) continue;
        slot->second.counted = fine;
        state.touched.emplace("slot", item.slot.str());
    }
}

// What the state held for the decisions to come and holds no longer is live for another time.
void keep_newest(State& state, const Inventory& inventory) {
    auto& counting = state.counting;
    auto drop = [&](const std::string& id) {
        if (state.inventories.contains(id)) state.touched.emplace("inventory", id);
    };
    drop(counting.last);
    counting.last = inventory.id;
    if (inventory.full()) {
        drop(counting.last_full);
        counting.last_full = inventory.id;
    }
    if (inventory.blind) counting.blind.push_back(inventory.id);
    if (counting.blind.size() <= kBlindKept) return;
    drop(counting.blind.front());
    counting.blind.erase(counting.blind.begin());
}

void finish(State& state, const Event& event) {
    auto inventory = inventory_of(state, event);
    mark_counted(state, inventory);
    keep_newest(state, inventory);
    state.touched.emplace("counting", "counting");
    state.touched.emplace("inventory", inventory.id);
    auto first = state.inventories.find(inventory.recount_of);
    if (first != state.inventories.end()) {
        first->second.recounts.push_back(inventory.id);
        state.touched.emplace("inventory", first->first);
    }
    state.inventories[inventory.id] = std::move(inventory);
}

void start(State& state, const Event& event) {  // an identification succeeded
    if (auto* person = touch_person(state, event.person)) {
        person->failures.clear();
        person->locked_until.reset();
    }
}

void miss(State& state, const Event& event) {
    Instant due{event.data.integer_or("due")};
    (event.data.boolean_or("full") ? state.counting.told_full : state.counting.told) = due;
    state.touched.emplace("counting", "counting");
}

bool concerns_a_slot(EventType type) {
    auto name = row_of(type).name;
    for (std::string_view domain : {"slot.", "seal.", "session.", "verify."})
        if (name.starts_with(domain)) return true;
    return false;
}

void uncount(State& state, const SlotId& id) {
    auto slot = state.slots.find(id);
    if (slot == state.slots.end() || !slot->second.counted) return;
    slot->second.counted = false;
    state.touched.emplace("slot", id.str());
}

}  // namespace

void evolve_inventory(State& state, const Event& event) {
    if (event.type == EventType::inventory_started) start(state, event);
    if (event.type == EventType::inventory_finished) finish(state, event);
    if (event.type == EventType::inventory_missed) miss(state, event);
}

void note_changes(State& state, const Event& event) {
    if (event.type == EventType::device_booted && state.counting.began.ms == 0) {
        state.counting.began = event.at;
        state.touched.emplace("counting", "counting");
    }
    if (!concerns_a_slot(event.type)) return;
    uncount(state, SlotId(event.data.text_or("slot")));
    if (const auto* seal = state.seal(event.seal)) uncount(state, seal->slot);
}

}  // namespace seals::rules
