// What events change of alerts, and of what they watch: devices, jobs, the freeze of the cabinet.
// What an alert was told of is marked there, so that it is not told twice, also after a restart.
#include <algorithm>

#include "rules/evolving.hpp"

namespace seals::rules {
namespace {

Alert* touch_alert(State& state, const Event& event) {
    auto found = state.alerts.find(event.data.text_or("id"));
    if (found == state.alerts.end()) return nullptr;
    state.touched.emplace("alert", found->first);
    return &found->second;
}

void raise(State& state, const Event& event) {
    auto id = event.data.text_or("id");
    if (id.empty()) return;  // from before alerts were kept
    state.touched.emplace("alert", id);
    Alert alert;
    alert.id = id;
    alert.type = event.data.text_or("alert");
    alert.severity = event.data.text_or("severity");
    alert.since = alert.last = event.at;
    alert.seal = event.seal;
    alert.slot = SlotId(event.data.text_or("slot"));
    alert.person = event.person;
    alert.about = event.data.text_or("about");
    alert.session = event.session;
    state.alerts[id] = std::move(alert);
}

// Whoever has seen it has not seen this.
void repeat(State& state, const Event& event) {
    if (auto* alert = touch_alert(state, event)) {
        alert->state = AlertState::open;
        alert->last = event.at;
        alert->count = event.data.integer_or("count", alert->count + 1);
    }
}

void mark_loan(State& state, const Event& event, const std::string& type) {
    if (type != "overdue" && type != "presumed_lost" && type != "recall_ignored") return;
    auto* seal = touch_seal(state, event.seal);
    if (seal == nullptr || !seal->loan) return;
    auto& loan = *seal->loan;
    if (type == "recall_ignored") loan.told_recall = true;
    if (type == "recall_ignored" || !loan.due) return;
    if (loan.told_due != *loan.due) {  // told of an earlier due
        loan.told = 0;
        loan.told_lost = false;
        loan.told_due = *loan.due;
    }
    if (type == "overdue") loan.told = static_cast<int>(event.data.integer_or("stage"));
    if (type == "presumed_lost") loan.told_lost = true;
}

void mark_told(State& state, const Event& event) {
    auto type = event.data.text_or("alert");
    auto about = event.data.text_or("about");
    mark_loan(state, event, type);
    if (auto device = state.devices.find(about);
        type == "device_silent" && device != state.devices.end()) {
        device->second.told = true;
        state.touched.emplace("device", about);
    }
    if (auto job = state.jobs.find(about); type == "cron_silent" && job != state.jobs.end()) {
        job->second.told = true;
        state.touched.emplace("job", about);
    }
}

void change_alert(State& state, const Event& event) {
    auto* alert = touch_alert(state, event);
    if (alert == nullptr) return;
    if (event.type == EventType::alert_acked) alert->state = AlertState::acknowledged;
    if (event.type == EventType::alert_assigned)
        alert->assigned = PersonId(event.data.text_or("to"));
    if (event.type == EventType::alert_closed) {
        alert->state = AlertState::closed;
        alert->reason = personal_of(event, "reason");
    }
}

void report(State& state, const Event& event) {
    auto id = event.data.text_or("job");
    state.touched.emplace("job", id);
    milliseconds every{event.data.integer_or("every_ms")};
    if (every.count() == 0)
        state.jobs.erase(id);
    else
        state.jobs[id] = {id, every, event.at, false};
}

}  // namespace

void evolve_alert(State& state, const Event& event) {
    if (event.type == EventType::alert_raised) raise(state, event);
    if (event.type == EventType::alert_repeated) repeat(state, event);
    if (event.type == EventType::alert_raised || event.type == EventType::alert_repeated)
        return mark_told(state, event);
    change_alert(state, event);
}

void note_removal(State& state, const Event& event) {
    auto& removals = state.node.removals;
    state.touched.emplace("node", "node");
    std::erase_if(removals, [&](const Removal& one) { return one.seal == event.seal; });
    removals.push_back({event.at, event.seal});
    if (removals.size() > std::size_t{kRemovalsKept}) removals.erase(removals.begin());
}

void forget_removal(State& state, const Event& event) {
    auto erased = std::erase_if(state.node.removals,
                                [&](const Removal& one) { return one.seal == event.seal; });
    if (erased > 0) state.touched.emplace("node", "node");
}

void count_readings(State& state, const Event& event) {
    const auto* items = event.data.find("items");
    if (items == nullptr || items->array() == nullptr) return;
    for (const auto& item : *items->array()) {
        auto slot = state.slots.find(SlotId(item.text_or("slot")));
        if (slot == state.slots.end()) continue;
        bool unreadable = item.text_or("verdict") == "unreadable";
        if (!unreadable && slot->second.unreadable == 0) continue;
        state.touched.emplace("slot", slot->first.str());
        slot->second.unreadable = unreadable ? slot->second.unreadable + 1 : 0;
    }
}

void evolve_watched(State& state, const Event& event) {
    using enum EventType;
    auto device = event.data.text_or("device");
    if (event.type == device_silent) state.devices[device] = {device, event.at, false};
    if (event.type == device_answering) state.devices.erase(device);
    if (!device.empty()) state.touched.emplace("device", device);
    if (event.type == job_heartbeat) return report(state, event);
    bool tested = event.type == selftest_ok || event.type == selftest_failed;
    if (tested && event.data.text_or("part") != "files") return;
    if (tested) state.node.files_fault = event.data.text_or("reason");
    state.touched.emplace("node", "node");
    if (event.type == disk_low) state.node.disk_low = true;
    if (event.type == disk_recovered) state.node.disk_low = false;
    if (event.type == cabinet_frozen) state.node.frozen = event.at;
    if (event.type == cabinet_released) {
        state.node.frozen.reset();
        state.node.removals.clear();
    }
}

}  // namespace seals::rules
