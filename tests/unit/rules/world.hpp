// World: a small cabinet for the tests of the rules. It changes only through decide and evolve, and
// checks of every decision that it changed nothing by itself and that every event of it is one that
// the table of event types allows.
#pragma once

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "rules/decide.hpp"
#include "rules/evolve.hpp"
#include "rules/row.hpp"
#include "words/alert_types.hpp"
#include "words/event_types.hpp"
#include "words/rules.hpp"

namespace seals::rules::test {

using Kind = TagReading::Kind;

inline constexpr Instant kStart{1'764'000'000'000};
inline constexpr milliseconds kDay{86'400'000};

inline std::set<std::string> words_in(std::string_view text) {
    std::istringstream in{std::string(text)};
    std::set<std::string> words;
    for (std::string word; in >> word;)
        words.insert(word);
    return words;
}

// What the table does not allow of this event; empty when all is well.
inline std::string unlisted_in(const Event& event) {
    const auto& row = row_of(event.type);
    auto members = words_in(row.data);
    auto names = words_in(row.personal);
    const auto* data = event.data.object();
    if (data == nullptr) return std::string(row.name) + ": data is no object";
    std::set<std::string> seen;
    for (const auto& [name, value] : *data) {
        if (!members.contains(name)) return std::string(row.name) + ": data." + name;
        if (!seen.insert(name).second) return std::string(row.name) + ": twice data." + name;
        if (value.is_null()) return std::string(row.name) + ": null data." + name;
    }
    if (event.type == EventType::alert_raised) {
        const auto* type = alert_type_named(event.data.text_or("alert"));
        if (type == nullptr) return "no alert type " + event.data.text_or("alert");
        if (name_of(type->severity) != event.data.text_or("severity"))
            return std::string(type->name) + ": severity " + event.data.text_or("severity");
    }
    for (const auto& [name, text] : event.personal)
        if (!names.contains(name)) return std::string(row.name) + ": personal " + name;
    return {};
}

// Every row of a state, as one value: two states are equal when these are.
inline Value rows_of(const State& state, Instant now) {
    std::set<Key> keys{{"node", "node"}};
    for (const auto& [id, x] : state.persons)
        keys.emplace("person", id.str());
    for (const auto& [id, x] : state.seals)
        keys.emplace("seal", id.str());
    for (const auto& [id, x] : state.requests)
        keys.emplace("request", id.str());
    for (const auto& [id, x] : state.sessions)
        keys.emplace("session", id.str());
    for (const auto& [id, x] : state.slots)
        keys.emplace("slot", id.str());
    for (const auto& [id, x] : state.handovers)
        keys.emplace("handover", id);
    for (const auto& [id, x] : state.overrides)
        keys.emplace("override", id);
    for (const auto& [id, x] : state.inventories)
        keys.emplace("inventory", id);
    for (const auto& [id, x] : state.uses)
        keys.emplace("use", id);
    for (const auto& [id, x] : state.loans)
        keys.emplace("loan", id.str());
    keys.emplace("counting", "counting");
    for (const auto& [id, x] : state.alerts)
        keys.emplace("alert", id);
    for (const auto& [id, x] : state.devices)
        keys.emplace("device", id);
    for (const auto& [id, x] : state.jobs)
        keys.emplace("job", id);
    Value all{Value::Object{}};
    for (const auto& key : keys)
        if (auto body = row_view(state, key, now).body)
            all.add(key.first + " " + key.second, *body);
    return all;
}

inline TagReading authentic(const char* seal) {
    return {Kind::authentic, SealId(seal), std::string("04") + seal, {}, {}};
}
inline TagReading absent() {
    return {Kind::absent, {}, {}, {}, {}};
}
inline TagReading cloned(const char* seal) {
    return {Kind::failed, {}, std::string("04") + seal, "the tag answers with a wrong key", {}};
}
inline TagReading foreign() {
    return {Kind::foreign, {}, "04ffffff", {}, {}};
}
inline TagReading unreadable() {
    return {Kind::unreadable, {}, {}, "no answer from the tag", {}};
}

inline FactorChecked pin(FactorOutcome outcome = FactorOutcome::ok) {
    return {"pin", outcome};
}

inline std::vector<RequestId> requests(std::initializer_list<const char*> ids) {
    std::vector<RequestId> out;
    for (const auto* id : ids)
        out.emplace_back(id);
    return out;
}

// An approved request of ann for seal S1, on site; change it before it is sent.
inline RequestUpsert approved(const char* id, const char* seal = "S1") {
    RequestUpsert upsert;
    upsert.request.source = "oa";
    upsert.request.external_id = id;
    upsert.request.applicant = PersonId("ann");
    upsert.request.applicant_name = "Ann";
    upsert.request.title = "contract";
    upsert.request.applied_at = kStart;
    Line line;
    line.seal = SealId(seal);
    upsert.request.lines = {line};
    upsert.status = "approved";
    return upsert;
}

inline RequestUpsert with_status(RequestUpsert upsert, const char* status) {
    upsert.status = status;
    return upsert;
}

// Slots 01..04; seals S1..S3 in use in 01..03, kept by carl and cora, S4 registered only; persons
// ann and bob (users), carl and cora (custodians), lee (has left), mia (knows nobody).
class World {
  public:
    State state;
    Policy policy;
    Instant now = kStart;
    bool clock_trusted = true;
    std::vector<Event> log;

    World() {
        boot();
        for (const auto* id : {"ann", "bob", "carl", "cora", "mia"})
            person(id, true);
        person("lee", false);
        seal("S1", "01", true);
        seal("S2", "02", true);
        seal("S3", "03", true);
        seal("S4", "04", false);
    }

    Context context() {
        auto n = std::to_string(++made_);
        return {now,
                clock_trusted,
                "stepped back",
                milliseconds{28'800'000},
                true,
                Actor{"tests", "uid"},
                "SES" + n,
                std::string(32 - n.size(), '0') + n,
                "0400" + n,
                "cab-1"};
    }

    Decision run(const Command& command) {
        auto before = rows_of(state, now);
        auto decision = decide(state, policy, context(), command);
        CHECK(rows_of(state, now) == before);
        for (const auto& event : decision.events) {
            CHECK(unlisted_in(event) == "");
            CHECK(event.at == now);
            CHECK_FALSE(event.actor.kind.empty());
            evolve(state, event);
            log.push_back(event);
        }
        return decision;
    }

    void boot() {
        std::vector<SlotId> slots;
        for (const auto* id : {"01", "02", "03", "04"})
            slots.emplace_back(id);
        run(Booted{"1.0", "c0", "policy", "p0", slots});
    }
    void person(const char* id, bool active) {
        Person person;
        person.id = PersonId(id);
        person.name = id;
        person.active = active;
        run(PersonUpsert{person});
    }
    Decision seal(const char* id, const char* slot, bool activate) {
        Seal seal;
        seal.id = SealId(id);
        seal.name = std::string("seal ") + id;
        seal.type = "company";
        seal.slot = SlotId(slot);
        seal.custodians = {PersonId("carl"), PersonId("cora")};
        return run(SealUpsert{seal, activate});
    }

    void pass(milliseconds time) { now = now + time; }

    Decision take(const char* seal, std::vector<RequestId> named, const char* person,
                  std::vector<FactorChecked> factors = {pin()}) {
        return run(Take{SealId(seal), std::move(named), PersonId(person), std::move(factors), {}});
    }
    Decision give_back(const char* seal, const char* person,
                       std::vector<FactorChecked> factors = {pin()}) {
        return run(Return{SealId(seal), PersonId(person), std::move(factors), {}});
    }
    Decision fired(const std::string& session) { return run(LineFired{SessionId(session)}); }
    Decision open(const char* slot) { return run(DoorMoved{SlotId(slot), true}); }
    Decision shut(const char* slot) { return run(DoorMoved{SlotId(slot), false}); }
    Decision look(const char* slot, TagReading reading) {
        return run(TagRead{SlotId(slot), std::move(reading), false});
    }
    Decision settle(const char* slot, TagReading reading) {
        return run(TagRead{SlotId(slot), std::move(reading), true});
    }

    // A full inventory that reads nothing new: what an opening without us waits for.
    void count() { run(InventoryTaken{"I", {}, milliseconds{1}, {}}); }

    // A visit from decision to verdict: fired, opened, shut, read once.
    Decision walk(const Decision& granted, TagReading last) {
        REQUIRE_FALSE(granted.refusal);
        auto slot = session(granted.id).slot.str();
        fired(granted.id);
        open(slot.c_str());
        shut(slot.c_str());
        return settle(slot.c_str(), std::move(last));
    }
    void take_out(const char* seal, std::vector<RequestId> named, const char* person) {
        walk(take(seal, std::move(named), person), absent());
        REQUIRE(seal_of(seal).loan);
    }

    const Seal& seal_of(const char* id) { return state.seals.at(SealId(id)); }
    const Request& request_of(const char* id) { return state.requests.at(RequestId(id)); }
    const Person& person_of(const char* id) { return state.persons.at(PersonId(id)); }
    const Slot& slot_of(const char* id) { return state.slots.at(SlotId(id)); }
    const Session& session(const std::string& id) { return state.sessions.at(SessionId(id)); }

  private:
    int made_ = 0;
};

inline std::vector<std::string> names_of(const std::vector<Event>& events) {
    std::vector<std::string> names;
    for (const auto& event : events)
        names.emplace_back(row_of(event.type).name);
    return names;
}

inline bool has(const Decision& decision, EventType type) {
    return std::any_of(decision.events.begin(), decision.events.end(),
                       [&](const Event& event) { return event.type == type; });
}

inline bool alerted(const Decision& decision, const std::string& name) {
    return std::any_of(decision.events.begin(), decision.events.end(), [&](const Event& event) {
        return event.type == EventType::alert_raised && event.data.text_or("alert") == name;
    });
}

// The refusal's rule ("" when granted); checks that the refusal is recorded as `type` and says what
// would satisfy it.
inline std::string refused_by(const Decision& decision, EventType type = EventType::take_refused) {
    if (!decision.refusal) return {};
    CHECK(decision.refusal->code == Code::refused);
    CHECK_FALSE(decision.refusal->detail.empty());
    CHECK_FALSE(decision.refusal->remedy.empty());
    REQUIRE_FALSE(decision.events.empty());
    CHECK(decision.events.back().type == type);  // the entry whose seq the refusal gets
    CHECK(decision.events.back().data.text_or("rule") == decision.refusal->rule);
    CHECK_FALSE(has(decision, EventType::session_opened));
    CHECK_FALSE(has(decision, EventType::slot_unlock_cmd));
    return decision.refusal->rule;
}

}  // namespace seals::rules::test
