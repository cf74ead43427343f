#include "config/keys.hpp"

#include <algorithm>
#include <array>

namespace seals::config {
namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::string_view kDays = "mon|tue|wed|thu|fri|sat|sun";
constexpr std::string_view kTakeBy = "either|user|custodian";

// clang-format off
constexpr std::array kKeys{
    Key{"node", "organisation", Kind::text, kNoDefault,
        "domain or short name of the organisation; first part of the ledger's origin",
        [](Config& c) -> Target { return &c.node.organisation; }},
    Key{"node", "id", Kind::text, kNoDefault,
        "name of this cabinet within the organisation; second part of the origin",
        [](Config& c) -> Target { return &c.node.id; }},
    Key{"node", "simulated", Kind::flag, "false",
        "true: no hardware is touched and the ledger is a simulated one for ever",
        [](Config& c) -> Target { return &c.node.simulated; }},
    Key{"node", "timezone", Kind::text, "Asia/Shanghai",
        "zone of times that an OA export gives without one",
        [](Config& c) -> Target { return &c.node.timezone; }},

    Key{"paths", "state", Kind::text, "/var/lib/sealsd",
        "folder of the ledger and everything that must outlive a restart",
        [](Config& c) -> Target { return &c.paths.state; }},
    Key{"paths", "run", Kind::text, "/run/sealsd", "folder of the sockets",
        [](Config& c) -> Target { return &c.paths.run; }},

    Key{"socket", "group", Kind::text, "seals",
        "group that may open the sockets; empty: the group sealsd runs with",
        [](Config& c) -> Target { return &c.socket_group; }},

    Key{"request", "window_days", Kind::number, "30",
        "days an approval is valid when the OA names no end",
        [](Config& c) -> Target { return &c.request.window_days; }, 1, 3650, {}, true, Looser::more},
    Key{"request", "impressions_per_copy", Kind::number, "1",
        "impressions allowed per copy when the OA names no count",
        [](Config& c) -> Target { return &c.request.impressions_per_copy; }, 1, 1000, {}, true, Looser::more},

    Key{"reconcile", "grace_hours", Kind::number, "26",
        "an open line of a reconciliation that is late by more raises an alert",
        [](Config& c) -> Target { return &c.reconcile.grace_hours; }, 0, 8784, {}, true},

    Key{"session", "door_timeout_ms", Kind::number, "20000",
        "a slot that was released and whose door stays shut this long is locked again",
        [](Config& c) -> Target { return &c.session.door_timeout_ms; }, 100, kHour, {}, true, Looser::more},
    Key{"session", "left_open_ms", Kind::number, "30000", "a door open for this long is reported",
        [](Config& c) -> Target { return &c.session.left_open_ms; }, 100, kHour, {}, true, Looser::more},
    Key{"session", "presence_poll_ms", Kind::number, "150",
        "time between two looks for the tag while a door is open",
        [](Config& c) -> Target { return &c.session.presence_poll_ms; }, 10, 10'000, {}, true},

    Key{"auth", "factors_take", Kind::list, "pin", "what identifies a person who takes",
        [](Config& c) -> Target { return &c.auth.factors_take; }, 0, 0, "pin", true, Looser::less},
    Key{"auth", "factors_return", Kind::list, "pin", "what identifies a person who returns",
        [](Config& c) -> Target { return &c.auth.factors_return; }, 0, 0, "pin", true, Looser::less},
    Key{"auth", "failures", Kind::number, "5",
        "failed identifications within the window that lock a person out",
        [](Config& c) -> Target { return &c.auth.failures; }, 1, 100, {}, true, Looser::more},
    Key{"auth", "window_minutes", Kind::number, "10", "window in which failures are counted",
        [](Config& c) -> Target { return &c.auth.window_minutes; }, 1, 1440, {}, true, Looser::less},
    Key{"auth", "lockout_minutes", Kind::number, "15", "how long a person stays locked out",
        [](Config& c) -> Target { return &c.auth.lockout_minutes; }, 1, 1440, {}, true, Looser::less},

    Key{"policy", "take_by_on_site", Kind::text, "either",
        "who may take a seal that is used on site",
        [](Config& c) -> Target { return &c.policy.take_by_on_site; }, 0, 0, kTakeBy, true},
    Key{"policy", "take_by_take_out", Kind::text, "either",
        "who may take a seal that leaves the house",
        [](Config& c) -> Target { return &c.policy.take_by_take_out; }, 0, 0, kTakeBy, true},

    Key{"calendar", "days", Kind::list, "mon,tue,wed,thu,fri,sat,sun", "days on which seals are taken",
        [](Config& c) -> Target { return &c.calendar.days; }, 0, 0, kDays, true, Looser::more},
    Key{"calendar", "from", Kind::text, "00:00", "time of day from which seals are taken",
        [](Config& c) -> Target { return &c.calendar.from; }, 0, 0, {}, true, Looser::less},
    Key{"calendar", "to", Kind::text, "24:00", "time of day until which seals are taken",
        [](Config& c) -> Target { return &c.calendar.to; }, 0, 0, {}, true, Looser::more},
    Key{"calendar", "holidays", Kind::list, "", "dates on which seals are not taken",
        [](Config& c) -> Target { return &c.calendar.holidays; }, 0, 0, {}, true, Looser::less},
    Key{"calendar", "workdays", Kind::list, "", "dates on which they are, whatever the day of the week",
        [](Config& c) -> Target { return &c.calendar.workdays; }, 0, 0, {}, true, Looser::more},
    Key{"curfew", "at", Kind::text, "", "time of day by which a seal used on site is back; empty: none",
        [](Config& c) -> Target { return &c.curfew.at; }, 0, 0, {}, true},
    Key{"curfew", "minutes", Kind::number, "0", "longest time a seal used on site is out; 0: no limit",
        [](Config& c) -> Target { return &c.curfew.minutes; }, 0, 525'599, {}, true, Looser::more},
    Key{"control", "max_held", Kind::number, "0", "seals that one person holds at once; 0: no limit",
        [](Config& c) -> Target { return &c.control.max_held; }, 0, 1000, {}, true, Looser::more},
    Key{"control", "forbid_together", Kind::list, "",
        "sets of types, with + between, that one person never holds together of one entity",
        [](Config& c) -> Target { return &c.control.forbid_together; }, 0, 0, {}, true, Looser::less},
    Key{"control", "two_person_types", Kind::list, "",
        "types whose take needs a second person, of another department",
        [](Config& c) -> Target { return &c.control.two_person_types; }, 0, 0, {}, true, Looser::less},
    Key{"control", "separate_approval", Kind::flag, "true",
        "who approved a request does not take under it",
        [](Config& c) -> Target { return &c.control.separate_approval; }, 0, 0, {}, true, Looser::less},
    Key{"use", "custodian_types", Kind::list, "",
        "types that only a custodian takes and stamps, for many requests in one visit",
        [](Config& c) -> Target { return &c.use.custodian_types; }, 0, 0, {}, true},
    Key{"use", "applicant_types", Kind::list, "",
        "types that only a user of the request takes and stamps",
        [](Config& c) -> Target { return &c.use.applicant_types; }, 0, 0, {}, true},
    Key{"use", "supervisor_types", Kind::list, "",
        "types whose every use a second person supervises, with a PIN",
        [](Config& c) -> Target { return &c.use.supervisor_types; }, 0, 0, {}, true, Looser::less},
    Key{"use", "photo_types", Kind::list, "", "types whose every use needs a photo",
        [](Config& c) -> Target { return &c.use.photo_types; }, 0, 0, {}, true, Looser::less},
    Key{"use", "document_types", Kind::list, "", "types whose every use needs the stamped file",
        [](Config& c) -> Target { return &c.use.document_types; }, 0, 0, {}, true, Looser::less},
    Key{"use", "escorted_types", Kind::list, "",
        "types that leave the house only with a reason and a supervisor",
        [](Config& c) -> Target { return &c.use.escorted_types; }, 0, 0, {}, true, Looser::less},
    Key{"use", "factors", Kind::list, "", "what identifies the person who records a use as his",
        [](Config& c) -> Target { return &c.use.factors; }, 0, 0, "pin", true, Looser::less},
    Key{"use", "late_hours", Kind::number, "24",
        "a use may still be recorded for so long after its seal came back",
        [](Config& c) -> Target { return &c.use.late_hours; }, 0, 720, {}, true, Looser::more},
    Key{"emergency", "types", Kind::list, "*", "types that may be used in an emergency; * for all",
        [](Config& c) -> Target { return &c.emergency.types; }, 0, 0, {}, true, Looser::more},
    Key{"emergency", "impressions", Kind::number, "3", "most impressions in an emergency",
        [](Config& c) -> Target { return &c.emergency.impressions; }, 1, 20, {}, true, Looser::more},
    Key{"emergency", "minutes", Kind::number, "30", "how long an emergency opens its seal",
        [](Config& c) -> Target { return &c.emergency.minutes; }, 1, 240, {}, true, Looser::more},
    Key{"emergency", "cure_hours", Kind::number, "24",
        "an emergency not cured by then keeps its seal in",
        [](Config& c) -> Target { return &c.emergency.cure_hours; }, 1, 168, {}, true, Looser::more},
    Key{"paper", "window_hours", Kind::number, "72", "how long a request on paper is valid",
        [](Config& c) -> Target { return &c.paper.window_hours; }, 1, 720, {}, true, Looser::more},
    Key{"handover", "unconfirmed_minutes", Kind::number, "15",
        "an offer unanswered for so long is reported",
        [](Config& c) -> Target { return &c.handover.unconfirmed_minutes; }, 1, 10'080, {}, true, Looser::more},
    Key{"inventory", "every_minutes", Kind::number, "1440",
        "longest time without an inventory; beyond it one is missed; 0: no limit",
        [](Config& c) -> Target { return &c.inventory.every_minutes; }, 0, 525'600, {}, true, Looser::more},
    Key{"inventory", "grace_minutes", Kind::number, "60",
        "an inventory that is this late is missed",
        [](Config& c) -> Target { return &c.inventory.grace_minutes; }, 0, 525'600, {}, true, Looser::more},
    Key{"inventory", "full_every_days", Kind::number, "7",
        "longest time without an inventory of all slots; 0: no limit",
        [](Config& c) -> Target { return &c.inventory.full_every_days; }, 0, 3650, {}, true, Looser::more},

    Key{"alert", "seal_missing_reads", Kind::number, "2",
        "readings in a row, in a sweep, that make a seal missing",
        [](Config& c) -> Target { return &c.alert.seal_missing_reads; }, 2, 10, {}, true, Looser::more},
    Key{"alert", "seal_missing_ms", Kind::number, "5000",
        "time that these readings take",
        [](Config& c) -> Target { return &c.alert.seal_missing_ms; }, 0, 600000, {}, true, Looser::more},
    Key{"alert", "overdue_again_minutes", Kind::number, "30",
        "time after which an overdue loan is told again",
        [](Config& c) -> Target { return &c.alert.overdue_again_minutes; }, 1, 10080, {}, true, Looser::more},
    Key{"alert", "overdue_third_minutes", Kind::number, "120",
        "time after which it is told once more",
        [](Config& c) -> Target { return &c.alert.overdue_third_minutes; }, 2, 10080, {}, true, Looser::more},
    Key{"alert", "overdue_morning", Kind::text, "08:30",
        "local time of day at which it is told last; after the third",
        [](Config& c) -> Target { return &c.alert.overdue_morning; }, 0, 0, {}, true, Looser::more},
    Key{"alert", "presumed_lost_hours", Kind::number, "24",
        "time overdue after which a seal is presumed lost",
        [](Config& c) -> Target { return &c.alert.presumed_lost_hours; }, 1, 8760, {}, true, Looser::more},
    Key{"alert", "recall_minutes", Kind::number, "30",
        "time in which a recalled seal must be back",
        [](Config& c) -> Target { return &c.alert.recall_minutes; }, 1, 10080, {}, true, Looser::more},
    Key{"alert", "mass_removal_seals", Kind::number, "3",
        "more seals than these out at once freeze the cabinet",
        [](Config& c) -> Target { return &c.alert.mass_removal_seals; }, 1, 250, {}, true, Looser::more},
    Key{"alert", "mass_removal_percent", Kind::number, "20",
        "so does a larger part of the occupied slots, from three seals on",
        [](Config& c) -> Target { return &c.alert.mass_removal_percent; }, 1, 100, {}, true, Looser::more},
    Key{"alert", "mass_removal_minutes", Kind::number, "10",
        "what is out at once: left within this time",
        [](Config& c) -> Target { return &c.alert.mass_removal_minutes; }, 1, 1440, {}, true, Looser::more},
    Key{"alert", "null_sessions", Kind::number, "3",
        "visits for nothing by one person that are an alert",
        [](Config& c) -> Target { return &c.alert.null_sessions; }, 1, 32, {}, true, Looser::more},
    Key{"alert", "null_sessions_days", Kind::number, "7",
        "time in which they are counted",
        [](Config& c) -> Target { return &c.alert.null_sessions_days; }, 1, 365, {}, true, Looser::more},
    Key{"alert", "lock_tries", Kind::number, "2",
        "orders in a row after which no door opened that make a lock faulty",
        [](Config& c) -> Target { return &c.alert.lock_tries; }, 1, 10, {}, true, Looser::more},
    Key{"alert", "unreadable_counts", Kind::number, "2",
        "counts in a row in which a slot cannot be read",
        [](Config& c) -> Target { return &c.alert.unreadable_counts; }, 1, 10, {}, true, Looser::more},
    Key{"alert", "clock_step_ms", Kind::number, "5000",
        "a larger step of the clock is an alert",
        [](Config& c) -> Target { return &c.alert.clock_step_ms; }, 1000, 3600000, {}, true, Looser::more},
    Key{"alert", "disk_low_mib", Kind::number, "2048",
        "room on the ledger's disk below which it is low",
        [](Config& c) -> Target { return &c.alert.disk_low_mib; }, 1, 1048576, {}, true, Looser::less},
    Key{"alert", "device_silent_minutes", Kind::number, "10",
        "time without an answer after which a device is silent",
        [](Config& c) -> Target { return &c.alert.device_silent_minutes; }, 1, 1440, {}, true, Looser::more},
    Key{"alert", "cron_silent_percent", Kind::number, "150",
        "part of a job's period after which it is silent",
        [](Config& c) -> Target { return &c.alert.cron_silent_percent; }, 100, 1000, {}, true, Looser::more},
    Key{"alert", "report_late_minutes", Kind::number, "360",
        "time after which a result that its source has not taken is late",
        [](Config& c) -> Target { return &c.alert.report_late_minutes; }, 1, 100000, {}, true, Looser::more},
    Key{"outbox", "report", Kind::flag, "false",
        "results of requests are told to where they came from",
        [](Config& c) -> Target { return &c.outbox.report; }, 0, 0, {}, true, Looser::less},

    Key{"retention", "scene", Kind::text, "permanent",
        "how long photos of a use are kept: days (90d), years (10y), or permanent",
        [](Config& c) -> Target { return &c.retention.scene; }, 0, 0, {}, true},
    Key{"retention", "documents", Kind::text, "10y",
        "likewise stamped documents, and papers that stand for a request",
        [](Config& c) -> Target { return &c.retention.documents; }, 0, 0, {}, true},
    Key{"retention", "finance", Kind::text, "30y",
        "likewise those of finance seals",
        [](Config& c) -> Target { return &c.retention.finance; }, 0, 0, {}, true},
    Key{"retention", "lists", Kind::text, "permanent",
        "likewise papers of a seal's life: registration, replacement, destruction",
        [](Config& c) -> Target { return &c.retention.lists; }, 0, 0, {}, true},
    Key{"retention", "finance_types", Kind::list, "finance",
        "types of seals that count as finance seals",
        [](Config& c) -> Target { return &c.retention.finance_types; }, 0, 0, {}, true},

    Key{"lock", "pulse_ms", Kind::number, "300", "how long a lock's coil is energised",
        [](Config& c) -> Target { return &c.pulse_ms; }, 10, 2000, {}, true},

    Key{"slot", "id", Kind::text, kNoDefault, "number of the slot, 1 to 999",
        [](Config& c) -> Target { return &c.slots.back().id; }},
    Key{"slot", "lock", Kind::text, "", "line of the slot's lock; needed on real hardware",
        [](Config& c) -> Target { return &c.slots.back().lock; }},
    Key{"slot", "contact", Kind::text, "", "line of the slot's door contact; needed likewise",
        [](Config& c) -> Target { return &c.slots.back().contact; }},
    Key{"slot", "reader", Kind::text, "", "tag reader of the slot; needed likewise",
        [](Config& c) -> Target { return &c.slots.back().reader; }},

    Key{"evidence", "tsa_url", Kind::text, "",
        "address of the time-stamping authority (RFC 3161); empty: none is asked over the network",
        [](Config& c) -> Target { return &c.evidence.tsa_url; }},
    Key{"evidence", "tsa_ca", Kind::text, "",
        "file or folder of the certificates that its time stamps must lead to",
        [](Config& c) -> Target { return &c.evidence.tsa_ca; }},

    Key{"backup", "keep", Kind::number, "7",
        "copies of the ledger that stay; an older one goes when a new one has been verified",
        [](Config& c) -> Target { return &c.backup.keep; }, 1, 1000},

    Key{"witness", "name", Kind::text, kNoDefault, "name of the witness, as its key has it",
        [](Config& c) -> Target { return &c.witnesses.back().name; }},
    Key{"witness", "url", Kind::text, "",
        "address before /add-checkpoint; empty: what it cosigns comes by file",
        [](Config& c) -> Target { return &c.witnesses.back().url; }},
    Key{"witness", "key", Kind::text, kNoDefault, "its public key, as sealctl witness key prints it",
        [](Config& c) -> Target { return &c.witnesses.back().key; }},

    Key{"post", "id", Kind::text, kNoDefault, "name of the post, as chains have it",
        [](Config& c) -> Target { return &c.posts.back().id; }},
    Key{"post", "title", Kind::text, kNoDefault, "its title, for people",
        [](Config& c) -> Target { return &c.posts.back().title; }, 0, 0, {}, true},
    Key{"post", "persons", Kind::list, kNoDefault, "who holds it; at least one",
        [](Config& c) -> Target { return &c.posts.back().persons; }, 0, 0, {}, true, Looser::more},
    Key{"post", "delegates", Kind::list, "", "who decides for them",
        [](Config& c) -> Target { return &c.posts.back().delegates; }, 0, 0, {}, true, Looser::more},
    Key{"post", "powers", Kind::text, "", "what it may approve, kept with each approval",
        [](Config& c) -> Target { return &c.posts.back().powers; }, 0, 0, {}, true},
    Key{"post", "max_impressions", Kind::number, "0",
        "impressions of a request that it approves without the steps after it; 0: they are always asked",
        [](Config& c) -> Target { return &c.posts.back().max_impressions; }, 0, 1'000'000, {}, true, Looser::more},

    Key{"approval", "types", Kind::list, "", "types of seals that the chain is for; empty: all others",
        [](Config& c) -> Target { return &c.approvals.back().types; }, 0, 0, {}, true},
    Key{"approval", "steps", Kind::list, kNoDefault, "posts that approve, one after the other",
        [](Config& c) -> Target { return &c.approvals.back().steps; }, 0, 0, {}, true, Looser::less},
    Key{"approval", "max_impressions", Kind::number, "0",
        "impressions of the largest request that is applied for here; 0: no limit",
        [](Config& c) -> Target { return &c.approvals.back().max_impressions; }, 0, 1'000'000, {}, true, Looser::more},

    Key{"roles", "viewer", Kind::grant, "", "reads state, events and reports",
        [](Config& c) -> Target { return &c.roles.viewer; }},
    Key{"roles", "operator", Kind::grant, "", "takes, returns, imports, counts",
        [](Config& c) -> Target { return &c.roles.operator_; }},
    Key{"roles", "custodian", Kind::grant, "", "acts on seals and hands them over",
        [](Config& c) -> Target { return &c.roles.custodian; }},
    Key{"roles", "bridge", Kind::grant, "", "feeds requests in from the OA",
        [](Config& c) -> Target { return &c.roles.bridge; }},
    Key{"roles", "auditor", Kind::grant, "", "reads everything, proofs and evidence included",
        [](Config& c) -> Target { return &c.roles.auditor; }},
    Key{"roles", "admin", Kind::grant, "", "manages persons and policy; never approves or stamps",
        [](Config& c) -> Target { return &c.roles.admin; }},

    Key{"persons", "UID", Kind::person, "", "id of the person whom this uid is",
        [](Config& c) -> Target { return &c.persons; }},
};
// clang-format on

}  // namespace

std::span<const Key> keys() {
    return kKeys;
}

const Key* find_key(std::string_view section, std::string_view name) {
    auto found = std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) {
        return key.section == section && (key.name == name || key.kind == Kind::person);
    });
    return found == kKeys.end() ? nullptr : &*found;
}

bool known_section(std::string_view section) {
    return std::any_of(kKeys.begin(), kKeys.end(),
                       [&](const Key& key) { return key.section == section; });
}

bool is_repeated(std::string_view section) {
    return section == "slot" || section == "post" || section == "approval" || section == "witness";
}

std::string_view kind_name(Kind kind) {
    switch (kind) {
        case Kind::text:
            return "a string";
        case Kind::number:
            return "an integer";
        case Kind::flag:
            return "true or false";
        case Kind::list:
            return "a list of strings";
        case Kind::grant:
            return "a table with groups, uids, persons and entities, or a list of such tables";
        case Kind::person:
            return "a person id";
    }
    return "";
}

}  // namespace seals::config
