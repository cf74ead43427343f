// Watched: what is told of the cabinet's devices, its disk and the house's jobs, and the release of
// a frozen cabinet.
#include <set>

#include "rules/alert.hpp"
#include "rules/evidence.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

Event device_event(EventType type, const Context& context, Value data) {
    auto event = make_event(type, context);
    event.actor = device_actor();
    event.data = std::move(data);
    return event;
}

}  // namespace

Decision decide_devices(const State& state, const Context& context, const DevicesSeen& fact) {
    Decision decision;
    auto add = [&](EventType type, const std::string& device) {
        decision.events.push_back(device_event(type, context, make_data({{"device", device}})));
    };
    std::set<std::string> silent;
    for (const auto& [device, answers] : fact.devices)
        if (!answers) silent.insert(device);
    for (const auto& device : silent)
        if (!state.devices.contains(device)) add(EventType::device_silent, device);
    for (const auto& [device, known] : state.devices)  // one that is not there is silent no more
        if (!silent.contains(device)) add(EventType::device_answering, device);
    return decision;
}

// With some room between low and not low, so that one file more or less is not told for ever.
Decision decide_disk(const State& state, const Policy& policy, const Context& context,
                     const DiskSeen& fact) {
    Decision decision;
    auto least = policy.alert.disk_low;
    auto data = make_data({{"free_bytes", fact.free}});
    if (!state.node.disk_low && fact.free < least) {
        decision.events.push_back(device_event(EventType::disk_low, context, std::move(data)));
        decision.events.push_back(make_alert(context, {"disk_low"}));
    } else if (state.node.disk_low && fact.free >= least + least / 8) {
        decision.events.push_back(
            device_event(EventType::disk_recovered, context, std::move(data)));
    }
    return decision;
}

Decision decide_heartbeat(const State& state, const Context& context, const Heartbeat& command) {
    Decision decision;
    decision.id = command.job;
    bool known = state.jobs.contains(command.job);
    if (!known && command.every.count() == 0)
        decision.refusal = Error{Code::not_found, "job " + command.job + " never reported here",
                                 "its name is the one it reports with", "job"};
    else if (!known && state.jobs.size() >= std::size_t{kJobsKept})
        decision.refusal = Error{Code::conflict, "too many jobs report here",
                                 "forget one: `sealctl alert heartbeat NAME --every 0`", "job"};
    if (decision.refusal) return decision;
    auto event = make_event(EventType::job_heartbeat, context);
    event.data = make_data({{"job", command.job},
                            {"every_ms", command.every.count()},
                            {"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    return decision;
}

Decision decide_release(const State& state, const Policy& policy, const Context& context,
                        const ReleaseCabinet& command) {
    Decision decision;
    if (!state.node.frozen)
        decision.refusal =
            Error{Code::conflict, "the cabinet is not frozen", "`sealctl status` tells what it is"};
    else if (command.reason.empty())
        decision.refusal = invalid("reason", "a release needs a reason");
    else if (command.persons.size() != 2)
        decision.refusal = invalid("second", "two persons release the cabinet");
    if (decision.refusal) return decision;
    if (auto why =
            two_departments_refusal(state, policy, context, command.persons, decision.events)) {
        refuse_act(context, "cabinet.release", {}, command.idempotency, std::move(*why), decision);
        return decision;
    }
    auto event = make_event(EventType::cabinet_released, context);
    event.person = command.persons[0].person;
    event.data = make_data({{"persons", texts_of(std::vector<PersonId>{command.persons[0].person,
                                                                       command.persons[1].person})},
                            {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"reason", command.reason}};
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
