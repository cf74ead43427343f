// What the tests of alerts share: acts on one, loans that are due, visits for nothing, cabinets
// that much leaves at once.
#pragma once

#include "rules/alert.hpp"
#include "visit.hpp"

namespace seals::rules::test {

constexpr milliseconds kMinute{60'000};
constexpr milliseconds kHour{3'600'000};

inline Decision tick(World& w) {
    return w.run(TimePassed{});
}

inline const Alert* standing(const World& w, const std::string& type) {
    for (const auto& [id, alert] : w.state.alerts)
        if (alert.type == type && alert.state != AlertState::closed) return &alert;
    return nullptr;
}

inline AlertAct act(AlertAct::Kind kind, const std::string& alert, const char* by = nullptr) {
    AlertAct out;
    out.kind = kind;
    out.alert = alert;
    if (kind == AlertAct::Kind::close) out.reason = "looked into it";
    if (by != nullptr) out.by = {{PersonId(by), {pin()}}};
    return out;
}
inline Decision ack(World& w, const std::string& id) {
    return w.run(act(AlertAct::Kind::ack, id));
}
inline Decision close(World& w, const std::string& id, const char* by = nullptr) {
    return w.run(act(AlertAct::Kind::close, id, by));
}

inline void approve(World& w, const char* id, const char* seal) {
    w.run(approved(id, seal));
}

// A loan of S1 by ann that is due in an hour.
struct Lent : World {
    Instant due;
    Lent() {
        policy.inventory_every = policy.inventory_full_every = milliseconds{0};
        auto request = approved("R1");
        request.request.take_out = TakeOut{"court", kStart + kHour};
        run(request);
        take_out("S1", requests({"R1"}), "ann");
        due = *seal_of("S1").loan->due;
        REQUIRE(due == kStart + kHour);
    }
    void at(milliseconds after_due) { now = due + after_due; }
};

inline void null_visit(World& w, const char* person = "ann") {
    auto granted = w.take("S1", requests({"R1"}), person);
    w.walk(granted, authentic("S1"));
}

inline Decision count(World& w, const char* slot, TagReading reading) {
    return w.run(InventoryTaken{"I", {{SlotId(slot), std::move(reading)}}, milliseconds{10}, {}});
}

// Seals A1..A<n> in slots 11.., of that entity, each with a request RA<n> of ann.
inline void more_seals(World& w, int n, const char* entity = "") {
    std::vector<SlotId> slots;
    for (const auto& [id, slot] : w.state.slots)
        slots.push_back(id);
    for (int i = 1; i <= n; ++i)
        slots.emplace_back(std::to_string(10 + i));
    w.run(Booted{"1.0", "c0", "policy", "p0", slots});
    for (int i = 1; i <= n; ++i) {
        Seal seal;
        seal.id = SealId("A" + std::to_string(i));
        seal.name = "a";
        seal.entity = entity;
        seal.slot = SlotId(std::to_string(10 + i));
        seal.custodians = {PersonId("carl")};
        w.run(SealUpsert{seal, true});
        w.run(approved(("RA" + std::to_string(i)).c_str(), seal.id.str().c_str()));
    }
}
inline Decision take_away(World& w, const std::string& n) {
    auto granted = w.take(("A" + n).c_str(), {RequestId("RA" + n)}, "ann");
    if (granted.refusal) return granted;
    return w.walk(granted, absent());
}

inline void person_of(World& w, const char* id, const char* department) {
    Person person;
    person.id = PersonId(id);
    person.name = id;
    person.department = department;
    w.run(PersonUpsert{person});
}

inline ReleaseCabinet release(const char* first, const char* second,
                              FactorOutcome outcome = FactorOutcome::ok) {
    return {{{PersonId(first), {pin()}}, {PersonId(second), {pin(outcome)}}}, "all found", {}};
}

}  // namespace seals::rules::test
