// What time alone brings about of loans, devices and jobs. Each thing remembers what was told of
// it, so that time tells it once.
#include "rules/alert.hpp"

namespace seals::rules {
namespace {

constexpr milliseconds kDay{86'400'000};

// The first time of that local hour after `from`.
Instant next_at(Instant from, milliseconds of_day, milliseconds zone) {
    auto local = from.ms + zone.count();
    auto midnight = local - local % kDay.count();
    Instant at{midnight + of_day.count() - zone.count()};
    return at > from ? at : at + kDay;
}

// How often the holder should have been told by now: at once, twice again, and in the morning.
int stages_due(const AlertPolicy& policy, const Context& context, Instant due) {
    if (context.now <= due) return 0;
    auto third = due + policy.overdue_third;
    int stages = 1;
    for (auto at : {due + policy.overdue_again, third,
                    next_at(third, policy.overdue_morning, context.utc_offset)})
        if (context.now >= at) ++stages;
    return stages;
}

void watch_loan(const Policy& policy, const Context& context, const Seal& seal,
                std::vector<Event>& events) {
    const auto& loan = *seal.loan;
    auto add = [&](const char* type, int stage) {
        events.push_back(
            make_alert(context, {type, seal.slot, seal.id, loan.person, {}, {}, stage}, stage > 1));
    };
    if (loan.recalled && !loan.told_recall &&
        context.now > loan.recalled_at + policy.alert.recall_ignored)
        add("recall_ignored", 0);
    if (!loan.due) return;
    auto stages = stages_due(policy.alert, context, *loan.due);
    bool same = loan.told_due == *loan.due;
    if (stages > (same ? loan.told : 0)) add("overdue", stages);
    if (!(same && loan.told_lost) && context.now > *loan.due + policy.alert.presumed_lost)
        add("presumed_lost", 0);
}

}  // namespace

void watch_loans(const State& state, const Policy& policy, const Context& context,
                 std::vector<Event>& events) {
    for (const auto& [id, seal] : state.seals)
        if (seal.loan) watch_loan(policy, context, seal, events);
}

void watch_devices(const State& state, const Policy& policy, const Context& context,
                   std::vector<Event>& events) {
    for (const auto& [id, device] : state.devices)
        if (!device.told && context.now > device.since + policy.alert.device_silent)
            events.push_back(make_alert(context, {"device_silent", {}, {}, {}, id}));
}

void watch_jobs(const State& state, const Policy& policy, const Context& context,
                std::vector<Event>& events) {
    for (const auto& [id, job] : state.jobs) {
        auto patience = milliseconds{job.every.count() * policy.alert.cron_percent / 100};
        if (!job.told && context.now > job.last + patience)
            events.push_back(make_alert(context, {"cron_silent", {}, {}, {}, id}));
    }
}

}  // namespace seals::rules
