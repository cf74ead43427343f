#include "rules/control.hpp"

#include <algorithm>

#include "rules/making.hpp"

namespace seals::rules {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kMinuteMs = 60'000;

struct LocalTime {
    std::int64_t day;     // since 1970-01-01, local
    std::int64_t minute;  // of the day
};

LocalTime local_time(Instant now, milliseconds utc_offset) {
    auto local = now.ms + utc_offset.count();
    auto day = local / kDayMs - (local % kDayMs < 0 ? 1 : 0);
    return {day, (local - day * kDayMs) / kMinuteMs};
}

std::string day_text(std::int64_t day) {
    return to_rfc3339(Instant{day * kDayMs}).substr(0, 10);
}

std::string clock_text(std::int64_t minute) {
    auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minute / 60) + ":" + two(minute % 60);
}

// Monday is 0; 1970-01-01 was a Thursday.
int weekday_of(std::int64_t day) {
    return static_cast<int>(((day + 3) % 7 + 7) % 7);
}

bool listed(const std::vector<std::string>& days, const std::string& day) {
    return std::find(days.begin(), days.end(), day) != days.end();
}

bool is_working_day(const Calendar& calendar, std::int64_t day) {
    auto text = day_text(day);
    if (listed(calendar.workdays, text)) return true;  // made up for a holiday
    if (listed(calendar.holidays, text)) return false;
    return calendar.days[static_cast<std::size_t>(weekday_of(day))];
}

std::string hours_text(const Calendar& calendar) {
    constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    std::string out = clock_text(calendar.from_minute) + "-" + clock_text(calendar.to_minute);
    for (std::size_t i = 0; i < calendar.days.size(); ++i)
        if (calendar.days[i]) out += " " + std::string(kDays[i]);
    return out;
}

bool holds_type(const State& state, const PersonId& person, const std::string& entity,
                const std::string& type) {
    return std::any_of(state.seals.begin(), state.seals.end(), [&](const auto& item) {
        const auto& seal = item.second;
        return seal.loan && seal.loan->person == person && seal.type == type &&
               seal.entity == entity;
    });
}

}  // namespace

bool inside_hours(const Calendar& calendar, Instant now, milliseconds utc_offset) {
    auto local = local_time(now, utc_offset);
    return is_working_day(calendar, local.day) && local.minute >= calendar.from_minute &&
           local.minute < calendar.to_minute;
}

std::optional<Instant> curfew_of(const Policy& policy, Instant now, milliseconds utc_offset) {
    std::optional<Instant> end;
    if (policy.curfew_minutes > 0) end = now + milliseconds{policy.curfew_minutes * kMinuteMs};
    if (policy.curfew_at >= 0) {
        auto day = local_time(now, utc_offset).day;
        Instant at{day * kDayMs + policy.curfew_at * kMinuteMs - utc_offset.count()};
        end = end ? std::min(*end, at) : at;
    }
    return end;
}

Refusal override_refusal(const State& state) {
    for (const auto& [id, override] : state.overrides)
        if (!override.counted)
            return refusal(Rule::counted_after_override, "override.open", {override.slot.str()});
    return std::nullopt;
}

Refusal calendar_refusal(const Policy& policy, const Context& context, bool on_site) {
    auto local = local_time(context.now, context.utc_offset);
    auto curfew = on_site ? curfew_of(policy, context.now, context.utc_offset) : std::nullopt;
    bool after = curfew && context.now >= *curfew;
    if (inside_hours(policy.calendar, context.now, context.utc_offset) && !after)
        return std::nullopt;
    auto hours = hours_text(policy.calendar);
    if (after) hours += ", back by " + clock_text(policy.curfew_at);
    return refusal(Rule::calendar, "calendar.closed",
                   {day_text(local.day) + " " + clock_text(local.minute), hours});
}

bool of_two_departments(const Person& a, const Person& b) {
    return !a.department.empty() && !b.department.empty() && a.department != b.department;
}

Refusal independence_refusal(const State& state, const PersonId& first, const PersonId& second) {
    if (first == second) return refusal(Rule::second_person, "second.same", {first.str()});
    const auto* a = state.person(first);
    const auto* b = state.person(second);
    if (a == nullptr) return refusal(Rule::active_person, "person.unknown", {first.str()});
    if (b == nullptr) return refusal(Rule::active_person, "person.unknown", {second.str()});
    for (const auto* person : {a, b})
        if (person->department.empty())
            return refusal(Rule::second_person, "second.no_department", {person->id.str()});
    if (!of_two_departments(*a, *b))
        return refusal(Rule::second_person, "second.department",
                       {first.str(), second.str(), a->department});
    return std::nullopt;
}

Refusal second_refusal(const State& state, const Policy& policy, const Seal& seal,
                       const Take& take) {
    bool needed = std::find(policy.two_person_types.begin(), policy.two_person_types.end(),
                            seal.type) != policy.two_person_types.end();
    if (!take.second)
        return needed ? refusal(Rule::second_person, "second.missing", {seal.type}) : Refusal{};
    return independence_refusal(state, take.person, take.second->person);
}

Refusal max_held_refusal(const State& state, const Policy& policy, const PersonId& person) {
    if (policy.max_held <= 0) return std::nullopt;
    auto held = std::count_if(state.seals.begin(), state.seals.end(), [&](const auto& item) {
        return item.second.loan && item.second.loan->person == person;
    });
    if (held < policy.max_held) return std::nullopt;
    return refusal(Rule::max_held, "held.most",
                   {person.str(), std::to_string(held), std::to_string(policy.max_held)});
}

Refusal together_refusal(const State& state, const Policy& policy, const Seal& seal,
                         const PersonId& person) {
    for (const auto& set : policy.forbid_together) {
        if (std::find(set.begin(), set.end(), seal.type) == set.end()) continue;
        bool all = std::all_of(set.begin(), set.end(), [&](const std::string& type) {
            return type == seal.type || holds_type(state, person, seal.entity, type);
        });
        if (!all) continue;
        std::string names;
        for (const auto& type : set)
            names += (names.empty() ? "" : "+") + type;
        return refusal(Rule::forbid_together, "held.together", {person.str(), names});
    }
    return std::nullopt;
}

// A seal that is still out when it should be back.
void watch_curfew(const State& state, const Policy& policy, const Context& context,
                  Decision& decision) {
    for (const auto& [id, seal] : state.seals) {
        if (!seal.loan) continue;
        if (seal.loan->curfew && context.now > *seal.loan->curfew)
            decision.events.push_back(
                make_alert(context, "curfew", "high", seal.slot, id, {}, seal.loan->person));
        if (together_refusal(state, policy, seal, seal.loan->person))
            decision.events.push_back(make_alert(context, "forbidden_together", "critical", {}, {},
                                                 {}, seal.loan->person));
    }
}

}  // namespace seals::rules
