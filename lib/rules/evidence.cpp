#include "rules/evidence.hpp"

#include "rules/control.hpp"
#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

Decision one(Event event) {
    Decision decision;
    decision.events.push_back(std::move(event));
    return decision;
}

Decision refused(Error why) {
    Decision decision;
    decision.refusal = std::move(why);
    return decision;
}

}  // namespace

// The first one only: another key comes by rotation, under the old one.
Decision decide_key(const State& state, const Context& context, const KeyMade& fact) {
    if (!state.node.key.empty()) return {};
    auto event = make_event(EventType::key_made, context);
    event.actor = device_actor();
    event.data = make_data({{"vkey", fact.key}});
    return one(std::move(event));
}

std::optional<Error> two_departments_refusal(const State& state, const Policy& policy,
                                             const Context& context,
                                             const std::vector<Acting>& persons,
                                             std::vector<Event>& events) {
    auto identified = identify_all(state, policy, context, persons);
    events = std::move(identified.events);
    if (identified.refusal) return identified.refusal;
    const auto& first = *state.person(persons[0].person);
    const auto& second = *state.person(persons[1].person);
    if (first.id != second.id && of_two_departments(first, second)) return std::nullopt;
    return refusal(Rule::two_departments, "release.department", {first.id.str(), second.id.str()});
}

Decision decide_rotation(const State& state, const Policy& policy, const Context& context,
                         const RotateKey& command) {
    if (state.node.key.empty())
        return refused({Code::conflict, "the device has no key yet", "restart sealsd"});
    if (command.basis.empty()) return refused(invalid("basis", "a rotation needs a basis"));
    if (command.persons.size() != 2)
        return refused(invalid("second", "two persons have the key rotated"));
    Decision decision;
    if (auto why =
            two_departments_refusal(state, policy, context, command.persons, decision.events)) {
        refuse_act(context, "evidence.rotate-key", {}, command.idempotency, std::move(*why),
                   decision);
        return decision;
    }
    auto event = make_event(EventType::key_rotated, context);
    event.person = command.persons[0].person;
    event.data = make_data({{"old", state.node.key},
                            {"vkey", command.next},
                            {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"basis", command.basis}};
    decision.events.push_back(std::move(event));
    return decision;
}

Decision decide_export(const Context& context, const ExportEvidence& command) {
    auto event = make_event(EventType::evidence_exported, context);
    auto time = [](Instant at) { return at.ms == 0 ? Value{} : Value{at.ms}; };
    event.data = make_data({{"kind", command.kind},
                            {"id", command.id},
                            {"from", time(command.from)},
                            {"to", time(command.to)},
                            {"leaves", command.leaves},
                            {"files", command.files},
                            {"names", command.names},
                            {"idempotency", idempotency_value(command.idempotency)}});
    if (!command.basis.empty()) event.personal = {{"basis", command.basis}};
    return one(std::move(event));
}

Decision decide_backup(const Context& context, const BackupDone& fact) {
    auto event = make_event(EventType::backup_done, context);
    event.data = make_data(
        {{"sha256", fact.sha256}, {"bytes", fact.bytes}, {"size", fact.size}, {"root", fact.root}});
    return one(std::move(event));
}

}  // namespace seals::rules
