// What events change of the device itself.
#include "rules/evolving.hpp"

namespace seals::rules {
namespace {

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

}  // namespace

void evolve_node(State& state, const Event& event) {
    using enum EventType;
    state.touched.emplace("node", "node");
    if (event.type == device_booted) {
        state.node.running = true;
        state.node.booted = event.at;
        state.node.down_from = {event.data.integer_or("down_from")};
        wire_slots(state, event.data.texts_or("slots"));
    }
    if (event.type == device_shutdown) state.node.running = false;
    if (event.type == config_changed) state.node.config_sha256 = event.data.text_or("sha256");
    if (event.type == key_made || event.type == key_rotated)
        state.node.key = event.data.text_or("vkey");
    if (event.type == rolled_back) state.node.key.clear();  // the next start makes one of the name
    if (event.type == policy_loaded) state.node.policy_sha256 = event.data.text_or("sha256");
}

}  // namespace seals::rules
