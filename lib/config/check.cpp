// What must hold across keys, whatever the file's form.
#include "config/check.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/id.hpp"
#include "base/instant.hpp"

namespace seals::config {
namespace {

struct NamedGrant {
    std::string_view role;
    const Grant* grant;
};

std::array<NamedGrant, 6> grants_of(const Roles& roles) {
    return {{{"viewer", &roles.viewer},
             {"operator", &roles.operator_},
             {"custodian", &roles.custodian},
             {"bridge", &roles.bridge},
             {"auditor", &roles.auditor},
             {"admin", &roles.admin}}};
}

// The origin becomes the key name of signed notes: no spaces, no plus.
bool valid_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == '_';
    });
}

Status check_node(const Node& node) {
    if (!valid_name(node.organisation))
        return wrong("node.organisation", "node.organisation must be 1 to 64 of a-z 0-9 . - _");
    if (!valid_name(node.id)) return wrong("node.id", "node.id must be 1 to 64 of a-z 0-9 . - _");
    const auto& zone = node.timezone;
    bool plain = !zone.empty() && std::all_of(zone.begin(), zone.end(), [](char c) {
        return valid_name({&c, 1}) || c == '/' || c == '+';
    });
    if (!plain || zone.front() == '/' || zone.find("..") != std::string::npos)
        return wrong("node.timezone", "node.timezone \"" + zone + "\" is no name of a zone",
                     "take one of timedatectl list-timezones");
    return {};
}

Status check_paths(const Config& config) {
    constexpr std::size_t kMostSocket = 107;  // bytes of a Unix socket's path
    constexpr std::string_view kLongest = "/intake.sock";
    for (const auto& [name, path] :
         {std::pair{"paths.state", &config.paths.state}, std::pair{"paths.run", &config.paths.run}})
        if (!path->starts_with('/'))
            return wrong(name, std::string(name) + " must be an absolute path");
    if (config.paths.run.size() + kLongest.size() > kMostSocket)
        return wrong("paths.run", "paths.run is too long for the sockets in it",
                     "at most " + std::to_string(kMostSocket - kLongest.size()) + " bytes");
    return {};
}

Status check_wiring(const Slot& slot, std::set<std::string>& lines) {
    for (const auto& [what, line] :
         {std::pair{"lock", &slot.lock}, std::pair{"contact", &slot.contact},
          std::pair{"reader", &slot.reader}}) {
        auto field = std::string("slot.") + what;
        if (line->empty())
            return wrong(field, "slot " + slot.id + " has no " + what,
                         "name it, or set simulated = true in [node]");
        if (!lines.insert(*line).second)
            return wrong(field, "slot " + slot.id + ": \"" + *line + "\" is wired twice");
    }
    return {};
}

bool is_slot_number(std::string_view text) {
    return !text.empty() && text.size() <= 3 && text.front() != '0' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Status check_slots(const Config& config) {
    if (config.slots.empty())
        return wrong("slot", "there is no slot", "write one [[slot]] for each slot of the cabinet");
    std::set<std::string> ids;
    std::set<std::string> lines;
    for (const auto& slot : config.slots) {
        if (!is_slot_number(slot.id))
            return wrong("slot.id", "slot.id \"" + slot.id + "\" must be a number from 1 to 999");
        if (!ids.insert(slot.id).second)
            return wrong("slot.id", "slot " + slot.id + " is there twice");
        if (config.node.simulated) continue;
        if (auto status = check_wiring(slot, lines); !status) return status;
    }
    return {};
}

// Everybody whom a grant names, whatever its scope.
std::vector<std::string> persons_in(const Grant& grant) {
    auto all = grant.persons;
    for (const auto& scoped : grant.scoped)
        all.insert(all.end(), scoped.persons.begin(), scoped.persons.end());
    return all;
}

Status check_persons(const Config& config) {
    std::set<std::string> known;
    for (const auto& [uid, person] : config.persons) {
        if (!valid_id(person))
            return wrong("persons",
                         "\"" + person + "\" of uid " + std::to_string(uid) + " is no person id");
        known.insert(person);
    }
    for (const auto& [role, grant] : grants_of(config.roles))
        for (const auto& person : persons_in(*grant))
            if (!known.contains(person))
                return wrong("roles." + std::string(role),
                             "roles." + std::string(role) + " names person " + person +
                                 ", but no uid in [persons] is that person",
                             "add \"UID\" = \"" + person + "\" to [persons]");
    return {};
}

// Who a grant reaches, as far as the file itself tells.
std::set<std::string> reach_of(const Config& config, const Grant& grant) {
    std::set<std::string> out;
    for (const auto& group : grant.groups)
        out.insert("group " + group);
    for (auto uid : grant.uids)
        out.insert("uid " + std::to_string(uid));
    for (const auto& scoped : grant.scoped) {
        for (const auto& group : scoped.groups)
            out.insert("group " + group);
        for (auto uid : scoped.uids)
            out.insert("uid " + std::to_string(uid));
    }
    auto named = persons_in(grant);
    for (const auto& [uid, person] : config.persons)
        if (std::find(named.begin(), named.end(), person) != named.end())
            out.insert("uid " + std::to_string(uid));
    return out;
}

// Whoever brings requests in must not be able to act on them.
Status check_separation(const Config& config) {
    if (config.node.simulated) return {};
    auto bridge = reach_of(config, config.roles.bridge);
    for (const auto& [role, grant] : {NamedGrant{"operator", &config.roles.operator_},
                                      NamedGrant{"custodian", &config.roles.custodian}})
        for (const auto& who : reach_of(config, *grant))
            if (bridge.contains(who))
                return wrong("roles.bridge",
                             who + " is both bridge and " + std::string(role) +
                                 ": who brings requests in must not act on them",
                             "give the bridge a user of its own");
    return {};
}

bool is_time_of_day(std::string_view text) {
    auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':') return false;
    if (!digit(0) || !digit(1) || !digit(3) || !digit(4)) return false;
    return text == "24:00" || (text.substr(0, 2) < "24" && text.substr(3) < "60");
}

bool is_date(const std::string& text) {
    return text.size() == 10 && from_rfc3339(text + "T00:00:00Z").has_value();
}

Status check_hours(const Config& config) {
    const auto& calendar = config.calendar;
    for (const auto& [name, text] :
         {std::pair{"calendar.from", &calendar.from}, std::pair{"calendar.to", &calendar.to},
          std::pair{"curfew.at", &config.curfew.at}}) {
        bool none = text->empty() && text == &config.curfew.at;
        if (!none && !is_time_of_day(*text))
            return wrong(name, std::string(name) + " \"" + *text + "\" is no time of day",
                         "write it as \"08:30\"");
    }
    if (calendar.from >= calendar.to)
        return wrong("calendar.to", "calendar.to must be later than calendar.from");
    if (calendar.days.empty())
        return wrong("calendar.days", "calendar.days must name at least one day");
    for (const auto& [name, dates] : {std::pair{"calendar.holidays", &calendar.holidays},
                                      std::pair{"calendar.workdays", &calendar.workdays}})
        for (const auto& date : *dates)
            if (!is_date(date))
                return wrong(name, std::string(name) + ": \"" + date + "\" is no date",
                             "write it as \"2026-10-01\"");
    return {};
}

Status check_controls(const Config& config) {
    const auto& control = config.control;
    for (const auto& set : control.forbid_together)
        if (!is_plain(set) || set.find('+') == std::string::npos || set.front() == '+' ||
            set.back() == '+')
            return wrong("control.forbid_together",
                         "control.forbid_together: \"" + set + "\" is no set of types",
                         "write types with + between, as in \"official+finance\"");
    for (const auto& type : control.two_person_types)
        if (!is_plain(type))
            return wrong("control.two_person_types",
                         "control.two_person_types holds a type with quotes or none at all");
    return {};
}

// Lists of types, and none that nobody at all might take.
Status check_use(const Config& config) {
    const auto& use = config.use;
    for (const auto& [name, types] : {std::pair{"use.custodian_types", &use.custodian_types},
                                      std::pair{"use.applicant_types", &use.applicant_types},
                                      std::pair{"use.supervisor_types", &use.supervisor_types},
                                      std::pair{"use.photo_types", &use.photo_types},
                                      std::pair{"use.document_types", &use.document_types},
                                      std::pair{"use.escorted_types", &use.escorted_types},
                                      std::pair{"emergency.types", &config.emergency.types}})
        for (const auto& type : *types)
            if (!is_plain(type))
                return wrong(name, std::string(name) + " holds a type with quotes or none at all");
    for (const auto& type : use.custodian_types) {
        const auto& others = use.applicant_types;
        bool both = std::find(others.begin(), others.end(), type) != others.end() ||
                    (type == "*" && !others.empty()) ||
                    std::find(others.begin(), others.end(), "*") != others.end();
        if (both)
            return wrong("use.applicant_types",
                         "use.applicant_types and use.custodian_types both name \"" + type +
                             "\": nobody could take it",
                         "name a type in one of the two");
    }
    return {};
}

Status check_alert(const Config& config) {
    const auto& alert = config.alert;
    if (!is_time_of_day(alert.overdue_morning) || alert.overdue_morning == "24:00")
        return wrong("alert.overdue_morning",
                     "alert.overdue_morning \"" + alert.overdue_morning + "\" is no time of day",
                     "write it as 08:30");
    if (alert.overdue_third_minutes <= alert.overdue_again_minutes)
        return wrong("alert.overdue_third_minutes",
                     "alert.overdue_third_minutes must be more than alert.overdue_again_minutes");
    return {};
}

// What it purges is gone for good: a slip of the pen must not read as a short term.
bool is_term(std::string_view text) {
    if (text == "permanent") return true;
    if (text.size() < 2 || text.size() > 6 || (text.back() != 'd' && text.back() != 'y'))
        return false;
    text.remove_suffix(1);
    return text.front() != '0' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Status check_retention(const Config& config) {
    const auto& retention = config.retention;
    for (const auto& [name, term] : {std::pair{"retention.scene", &retention.scene},
                                     std::pair{"retention.documents", &retention.documents},
                                     std::pair{"retention.finance", &retention.finance},
                                     std::pair{"retention.lists", &retention.lists}})
        if (!is_term(*term))
            return wrong(name, std::string(name) + " \"" + *term + "\" is no term",
                         "write permanent, or days or years as 90d or 10y");
    return {};
}

}  // namespace

bool is_plain(const std::string& text) {
    return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
        return c == '"' || c == '\\' || c == 0x7f || (c >= 0 && c < ' ');
    });
}

std::string Config::origin() const {
    return node.organisation + "/" + node.id + (node.simulated ? "/sim" : "");
}

Status Config::check() const {
    for (auto check :
         {+[](const Config& c) { return check_node(c.node); }, &check_paths, &check_slots,
          &check_persons, &check_separation, &check_hours, &check_controls, &check_use,
          &check_alert, &check_approvals, &check_retention, &check_witnesses})
        if (auto status = check(*this); !status) return status;
    for (const auto& [name, factors] : {std::pair{"auth.factors_take", &auth.factors_take},
                                        std::pair{"auth.factors_return", &auth.factors_return}})
        if (factors->empty())
            return wrong(name, std::string(name) + " must name at least one factor");
    return {};
}

}  // namespace seals::config
