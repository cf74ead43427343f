// What an event sets off: the alerts that follow from what was decided or observed just now, and
// the freeze of a cabinet that too much leaves at once.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <set>

#include "rules/alert.hpp"
#include "rules/row.hpp"
#include "rules/settle.hpp"

namespace seals::rules {
namespace {

using Kind = TagReading::Kind;

class Triggers {
  public:
    Triggers(const State& state, const Policy& policy, const Context& context,
             std::vector<Event>& events)
        : state_(state), policy_(policy.alert), context_(context), events_(events) {}

    void add(AlertAbout about) { events_.push_back(make_alert(context_, about)); }

    void null_session(const Event& event) {
        const auto* person = state_.person(event.person);
        if (person == nullptr) return;
        auto recent =
            1 + std::count_if(person->nulls.begin(), person->nulls.end(),
                              [&](Instant at) { return at + policy_.null_window > context_.now; });
        if (recent >= policy_.nulls) add({"null_sessions", {}, {}, person->id, {}, event.session});
    }

    // An order that the lock did not carry out, or that no door opened after, again and again.
    void unopened(const Event& event, bool at_once) {
        const auto* session = state_.session(event.session);
        if (session == nullptr) return;
        auto slot = state_.slots.find(session->slot);
        if (slot == state_.slots.end()) return;
        if (at_once || slot->second.unopened + 1 >= policy_.lock_tries)
            add({"lock_fault", session->slot});
    }

    void clock(const Event& event) {
        if (std::abs(event.data.integer_or("by_ms")) > policy_.clock_step.count())
            add({"clock_step"});
    }

    void counted(const Event& event) {
        const auto* items = event.data.find("items");
        if (items == nullptr || items->array() == nullptr) return;
        for (const auto& item : *items->array())
            counted_slot(SlotId(item.text_or("slot")), SealId(item.text_or("seal")),
                         item.text_or("verdict"));
    }

    void seen(const SlotId& at, const TagReading& reading) {
        auto slot = state_.slots.find(at);
        if (slot == state_.slots.end() || slot->second.open ||
            is_stale(reading, slot->second, context_.now))
            return;
        const auto* seal = reading.kind == Kind::authentic ? state_.seal(reading.seal)
                                                           : state_.seal_with_uid(reading.uid);
        if (seal == nullptr || seal->slot == at || !seal->session.empty()) return;
        const auto* visit = state_.session(slot->second.session);
        if (cannot_be_there(*seal, visit))
            add({"tag_clone_suspected",
                 at,
                 seal->id,
                 visit != nullptr ? visit->person : PersonId{},
                 {},
                 slot->second.session});
    }

    // One tag in two slots of one count.
    void twins(const InventoryTaken& count) {
        std::map<std::string, std::vector<SlotId>> places;
        for (const auto& [slot, reading] : count.readings)
            if (!reading.uid.empty()) places[reading.uid].push_back(slot);
        for (const auto& [uid, slots] : places) {
            if (slots.size() < 2) continue;
            const auto* seal = state_.seal_with_uid(uid);
            bool first_is_home = seal != nullptr && seal->slot == slots.front();
            add({"tag_clone_suspected", slots[first_is_home ? 1 : 0],
                 seal != nullptr ? seal->id : SealId{}});
        }
    }

    void removed(const std::vector<const Event*>& gone);

  private:
    void counted_slot(const SlotId& at, const SealId& seal, const std::string& verdict) {
        static const std::set<std::string> kWrong{"missing", "wrong_seal", "foreign_tag", "forged"};
        auto slot = state_.slots.find(at);
        bool busy =
            slot != state_.slots.end() && (!slot->second.session.empty() || slot->second.open);
        if (busy) return;
        if (kWrong.contains(verdict)) add({"inventory_mismatch", at, seal});
        if (verdict == "unreadable" && slot != state_.slots.end() &&
            slot->second.unreadable + 1 >= policy_.unreadable_counts)
            add({"inventory_unreadable", at, seal});
    }
    // Its seal lies in its own slot, or is in the hand of somebody who is not at this door.
    bool cannot_be_there(const Seal& seal, const Session* visit) const {
        auto home = state_.slots.find(seal.slot);
        bool watched = home != state_.slots.end() && !home->second.open && !home->second.frozen;
        if (seal.custody == Custody::in_slot) return watched;
        return seal.custody == Custody::in_hand && seal.loan &&
               (visit == nullptr || visit->person != seal.loan->person);
    }

    const State& state_;
    const AlertPolicy& policy_;
    const Context& context_;
    std::vector<Event>& events_;
};

// A few seals are never "mass", however small the cabinet.
constexpr std::size_t kLeastPercent = 3;

// Counts what left within the window and is not back, of one entity or (empty) of all.
struct Exodus {
    std::string entity;
    std::set<SealId> gone;
    std::size_t occupied = 0;  // when it began

    bool is_mass(const AlertPolicy& policy) const {
        auto n = static_cast<std::int64_t>(gone.size());
        if (n > policy.mass_seals) return true;
        return gone.size() >= kLeastPercent &&
               n * 100 > policy.mass_percent * static_cast<std::int64_t>(occupied);
    }
};

Exodus exodus_of(const State& state, const std::set<SealId>& gone, const std::string& entity) {
    Exodus out{entity, {}, 0};
    for (const auto& [id, seal] : state.seals) {
        if (!entity.empty() && seal.entity != entity) continue;
        bool left = gone.contains(id);
        if (left) out.gone.insert(id);
        if (left || seal.custody == Custody::in_slot) ++out.occupied;
    }
    return out;
}

void Triggers::removed(const std::vector<const Event*>& now_gone) {
    if (now_gone.empty() || state_.node.frozen) return;
    std::set<SealId> gone;
    std::set<std::string> entities{""};  // all of them first
    for (const auto& one : state_.node.removals)
        if (one.at + policy_.mass_window > context_.now) gone.insert(one.seal);
    for (const auto* event : now_gone)
        gone.insert(event->seal);
    for (const auto& id : gone)
        if (const auto* seal = state_.seal(id)) entities.insert(seal->entity);
    for (const auto& entity : entities) {
        auto exodus = exodus_of(state_, gone, entity);
        if (!exodus.is_mass(policy_)) continue;
        auto scope = entity.empty() ? std::string("cabinet") : entity;
        auto freeze = make_event(EventType::cabinet_frozen, context_);
        freeze.actor = device_actor();
        freeze.data = make_data(
            {{"scope", scope},
             {"seals", texts_of(std::vector<SealId>(exodus.gone.begin(), exodus.gone.end()))}});
        auto person = now_gone.back()->person;
        events_.push_back(std::move(freeze));
        return add({"mass_removal", {}, {}, person, scope});
    }
}

bool lost_an_order(const Command& command) {
    return std::holds_alternative<OutcomeLost>(command) ||
           std::holds_alternative<DoorTimeout>(command);
}

}  // namespace

void add_consequences(const State& state, const Policy& policy, const Context& context,
                      const Command& command, std::vector<Event>& events) {
    using enum EventType;
    std::vector<Event> added;
    Triggers triggers(state, policy, context, added);
    std::vector<const Event*> gone;
    for (const auto& event : events) {
        if (event.type == seal_taken || event.type == seal_missing) gone.push_back(&event);
        if (event.type == session_null) triggers.null_session(event);
        if (event.type == slot_unlock_abandoned) triggers.unopened(event, true);
        if (event.type == session_unknown && lost_an_order(command)) triggers.unopened(event, true);
        if (event.type == session_timeout) triggers.unopened(event, false);
        if (event.type == clock_stepped) triggers.clock(event);
        if (event.type == inventory_finished) triggers.counted(event);
    }
    triggers.removed(gone);
    if (const auto* read = std::get_if<TagRead>(&command); read != nullptr && read->settling)
        triggers.seen(read->slot, read->reading);
    if (const auto* count = std::get_if<InventoryTaken>(&command)) {
        triggers.twins(*count);
        for (const auto& [slot, reading] : count->readings)
            triggers.seen(slot, reading);
    }
    // A count's own entry stays the last: it is what the count is answered with.
    auto before = std::find_if(events.begin(), events.end(),
                               [](const Event& event) { return event.type == inventory_finished; });
    events.insert(before, std::make_move_iterator(added.begin()),
                  std::make_move_iterator(added.end()));
}

}  // namespace seals::rules
