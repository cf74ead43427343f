#include "settings.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace seals::sealsd {
namespace {

rules::TakeBy take_by(const std::string& text) {
    if (text == "user") return rules::TakeBy::user;
    if (text == "custodian") return rules::TakeBy::custodian;
    return rules::TakeBy::either;
}

api::RoleMap::Grant grant_of(const config::Grant& from) {
    api::RoleMap::Grant grant{from.groups, {}, from.persons};
    for (auto uid : from.uids)
        grant.uids.push_back(static_cast<uid_t>(uid));
    for (const auto& part : from.scoped) {
        api::RoleMap::Scoped scoped{part.groups, {}, part.persons, part.entities};
        for (auto uid : part.uids)
            scoped.uids.push_back(static_cast<uid_t>(uid));
        grant.scoped.push_back(std::move(scoped));
    }
    return grant;
}

// "17:30" as minutes; -1 for an empty text.
std::int64_t minute_of(const std::string& text) {
    if (text.empty()) return -1;
    auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    return two(0) * 60 + two(3);
}

rules::Calendar calendar_of(const config::Calendar& from) {
    constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    rules::Calendar calendar;
    for (std::size_t i = 0; i < calendar.days.size(); ++i)
        calendar.days[i] =
            std::find(from.days.begin(), from.days.end(), kDays[i]) != from.days.end();
    calendar.from_minute = minute_of(from.from);
    calendar.to_minute = minute_of(from.to);
    calendar.holidays = from.holidays;
    calendar.workdays = from.workdays;
    return calendar;
}

std::vector<std::vector<std::string>> type_sets(const std::vector<std::string>& texts) {
    std::vector<std::vector<std::string>> sets;
    for (const auto& text : texts) {
        auto& set = sets.emplace_back();
        for (auto type : split(text, '+'))
            set.emplace_back(type);
    }
    return sets;
}

void add_controls(const config::Config& config, rules::Policy& policy) {
    policy.calendar = calendar_of(config.calendar);
    policy.curfew_at = minute_of(config.curfew.at);
    policy.curfew_minutes = config.curfew.minutes;
    policy.max_held = config.control.max_held;
    policy.forbid_together = type_sets(config.control.forbid_together);
    policy.two_person_types = config.control.two_person_types;
    policy.separate_approval = config.control.separate_approval;
    policy.handover_patience = std::chrono::minutes{config.handover.unconfirmed_minutes};
}

void add_use(const config::Config& config, rules::Policy& policy) {
    using std::chrono::hours;
    const auto& use = config.use;
    policy.use = {use.custodian_types, use.applicant_types,  use.supervisor_types,
                  use.photo_types,     use.document_types,   use.escorted_types,
                  use.factors,         hours{use.late_hours}};
    const auto& emergency = config.emergency;
    policy.emergency = {emergency.types, emergency.impressions,
                        std::chrono::minutes{emergency.minutes}, hours{emergency.cure_hours}};
    policy.paper_window = hours{config.paper.window_hours};
}

std::vector<PersonId> persons_in(const std::vector<std::string>& names) {
    return {names.begin(), names.end()};
}

void add_approvals(const config::Config& config, rules::Policy& policy) {
    for (const auto& post : config.posts)
        policy.posts.push_back({post.id, post.title, post.powers, persons_in(post.persons),
                                persons_in(post.delegates), post.max_impressions});
    for (const auto& chain : config.approvals)
        policy.approvals.push_back({chain.types, chain.steps, chain.max_impressions});
}

rules::AlertPolicy alert_policy_of(const config::Alert& from) {
    using std::chrono::hours;
    using std::chrono::minutes;
    rules::AlertPolicy to;
    to.overdue_again = minutes{from.overdue_again_minutes};
    to.overdue_third = minutes{from.overdue_third_minutes};
    to.overdue_morning = minutes{minute_of(from.overdue_morning)};
    to.presumed_lost = hours{from.presumed_lost_hours};
    to.recall_ignored = minutes{from.recall_minutes};
    to.mass_seals = from.mass_removal_seals;
    to.mass_percent = from.mass_removal_percent;
    to.mass_window = minutes{from.mass_removal_minutes};
    to.nulls = from.null_sessions;
    to.null_window = hours{24 * from.null_sessions_days};
    to.lock_tries = from.lock_tries;
    to.unreadable_counts = from.unreadable_counts;
    to.clock_step = milliseconds{from.clock_step_ms};
    to.disk_low = from.disk_low_mib << 20;
    to.device_silent = minutes{from.device_silent_minutes};
    to.cron_percent = from.cron_silent_percent;
    to.report_late = minutes{from.report_late_minutes};
    return to;
}

}  // namespace

rules::Policy policy_of(const config::Config& config) {
    rules::Policy policy;
    policy.window_days = static_cast<int>(config.request.window_days);
    policy.impressions_per_copy = config.request.impressions_per_copy;
    policy.take_by_on_site = take_by(config.policy.take_by_on_site);
    policy.take_by_take_out = take_by(config.policy.take_by_take_out);
    policy.factors_take = config.auth.factors_take;
    policy.factors_return = config.auth.factors_return;
    policy.failures = static_cast<int>(config.auth.failures);
    policy.failure_window = std::chrono::minutes{config.auth.window_minutes};
    policy.lockout = std::chrono::minutes{config.auth.lockout_minutes};
    policy.reconcile_grace = std::chrono::hours{config.reconcile.grace_hours};
    policy.pulse = milliseconds{config.pulse_ms};
    policy.report_results = config.outbox.report;
    add_controls(config, policy);
    add_use(config, policy);
    policy.inventory_every = std::chrono::minutes{config.inventory.every_minutes};
    policy.inventory_grace = std::chrono::minutes{config.inventory.grace_minutes};
    policy.inventory_full_every = std::chrono::hours{24 * config.inventory.full_every_days};
    policy.alert = alert_policy_of(config.alert);
    add_approvals(config, policy);
    const auto& retention = config.retention;
    policy.retention = {retention.scene, retention.documents, retention.finance, retention.lists};
    policy.finance_types = retention.finance_types;
    return policy;
}

engine::VisitTimes visit_times_of(const config::Config& config) {
    engine::VisitTimes times;
    times.door_timeout = milliseconds{config.session.door_timeout_ms};
    times.left_open = milliseconds{config.session.left_open_ms};
    times.look = milliseconds{config.session.presence_poll_ms};
    times.odd_reads = static_cast<int>(config.alert.seal_missing_reads);
    times.odd_time = milliseconds{config.alert.seal_missing_ms};
    return times;
}

api::RoleMap role_map_of(const config::Config& config) {
    api::RoleMap map;
    const auto& roles = config.roles;
    map.grants = {grant_of(roles.viewer), grant_of(roles.operator_), grant_of(roles.custodian),
                  grant_of(roles.bridge), grant_of(roles.auditor),   grant_of(roles.admin)};
    for (const auto& [uid, person] : config.persons)
        map.person_of[static_cast<uid_t>(uid)] = person;
    return map;
}

std::vector<SlotWiring> wiring_of(const config::Config& config) {
    std::vector<SlotWiring> wiring;
    for (const auto& slot : config.slots)
        wiring.push_back(
            {slot_number(slot.id).value_or(0), slot.reader.empty() ? "1" : slot.reader});
    return wiring;
}

Result<std::vector<leaf::PublicKey>> witness_keys_of(const config::Config& config) {
    std::vector<leaf::PublicKey> out;
    for (const auto& witness : config.witnesses) {
        auto key = leaf::parse_vkey(witness.key);
        if (key && key->type != leaf::KeyType::cosigns)
            key = invalid("witness.key", "it is of a ledger, which cosigns nothing");
        if (!key) {
            auto error = key.error();
            error.detail = "the key of the witness " + witness.name + ": " + error.detail;
            error.remedy = "copy what sealctl witness key prints there, into seals.toml";
            return error;
        }
        out.push_back(std::move(*key));
    }
    return out;
}

std::vector<SlotId> slots_of(const config::Config& config) {
    std::vector<SlotId> slots;
    for (const auto& slot : config.slots)
        slots.push_back(slot_id(slot_number(slot.id).value_or(0)));
    return slots;
}

}  // namespace seals::sealsd
