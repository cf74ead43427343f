// Config: what seals.toml says, with every default filled in. Loaded once at the start of a
// program; plain values afterwards. What is wrong with the file is Code::invalid with file, line
// and key.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::config {

struct Node {
    std::string organisation;
    std::string id;
    bool simulated = false;
    std::string timezone;
};

struct Paths {
    std::string state;
    std::string run;
};

struct Request {
    std::int64_t window_days = 0;
    std::int64_t impressions_per_copy = 0;
};

struct Reconcile {
    std::int64_t grace_hours = 0;
};

struct Session {
    std::int64_t door_timeout_ms = 0;
    std::int64_t left_open_ms = 0;
    std::int64_t presence_poll_ms = 0;
};

struct Auth {
    std::vector<std::string> factors_take;
    std::vector<std::string> factors_return;
    std::int64_t failures = 0;
    std::int64_t window_minutes = 0;
    std::int64_t lockout_minutes = 0;
};

struct Policy {
    std::string take_by_on_site;  // either, user, custodian
    std::string take_by_take_out;
};

struct Calendar {
    std::vector<std::string> days;                // mon … sun
    std::string from, to;                         // "08:30"; to may be "24:00"
    std::vector<std::string> holidays, workdays;  // "2026-10-01"
};

struct Curfew {
    std::string at;  // "17:30"; empty: none
    std::int64_t minutes = 0;
};

struct Control {
    std::int64_t max_held = 0;
    std::vector<std::string> forbid_together;  // "official+finance"
    std::vector<std::string> two_person_types;
    bool separate_approval = true;
};

struct Use {  // lists of seal types; "*" stands for all
    std::vector<std::string> custodian_types, applicant_types;
    std::vector<std::string> supervisor_types, photo_types, document_types, escorted_types;
    std::vector<std::string> factors;
    std::int64_t late_hours = 0;
};

struct Emergency {
    std::vector<std::string> types;
    std::int64_t impressions = 0, minutes = 0, cure_hours = 0;
};

struct Paper {
    std::int64_t window_hours = 0;
};

struct Handover {
    std::int64_t unconfirmed_minutes = 0;
};

struct Inventory {
    std::int64_t every_minutes = 0;  // 0: none is expected
    std::int64_t grace_minutes = 0;
    std::int64_t full_every_days = 0;
};

struct Post {  // that approves what is applied for here
    std::string id, title;
    std::vector<std::string> persons, delegates;
    std::string powers;                // what it may approve, for people
    std::int64_t max_impressions = 0;  // without the steps after it; 0: those are always asked
};

struct Approval {                    // a chain of posts
    std::vector<std::string> types;  // of seals; empty: all others
    std::vector<std::string> steps;  // posts, in their order
    std::int64_t max_impressions = 0;
};

struct Alert {  // when something is one
    std::int64_t seal_missing_reads = 0, seal_missing_ms = 0;
    std::int64_t overdue_again_minutes = 0, overdue_third_minutes = 0;
    std::string overdue_morning;  // "08:30"
    std::int64_t presumed_lost_hours = 0;
    std::int64_t recall_minutes = 0;
    std::int64_t mass_removal_seals = 0, mass_removal_percent = 0, mass_removal_minutes = 0;
    std::int64_t null_sessions = 0, null_sessions_days = 0;
    std::int64_t lock_tries = 0;
    std::int64_t unreadable_counts = 0;
    std::int64_t clock_step_ms = 0;
    std::int64_t disk_low_mib = 0;
    std::int64_t device_silent_minutes = 0;
    std::int64_t cron_silent_percent = 0;
    std::int64_t report_late_minutes = 0;
};

struct Outbox {
    bool report = true;
};

struct Retention {  // terms: "permanent", "10y", "90d"
    std::string scene, documents, finance, lists;
    std::vector<std::string> finance_types;
};

struct Evidence {  // outside: who stamps the time on checkpoints
    std::string tsa_url;
    std::string tsa_ca;  // file or folder of certificates
};

struct Backup {
    std::int64_t keep = 0;  // the newest so many
};

struct Witness {  // outside: who cosigns checkpoints
    std::string name;
    std::string url;  // empty: by files
    std::string key;  // its vkey
};

struct Slot {
    std::string id;  // "1".."999"
    std::string lock;
    std::string contact;
    std::string reader;
};

struct Scoped {  // a role that ends at these entities
    std::vector<std::string> groups;
    std::vector<std::int64_t> uids;
    std::vector<std::string> persons;
    std::vector<std::string> entities;
};

struct Grant {  // of one role, over everything; and over some entities only
    std::vector<std::string> groups;
    std::vector<std::int64_t> uids;
    std::vector<std::string> persons;
    std::vector<Scoped> scoped{};
};

struct Roles {
    Grant viewer, operator_, custodian, bridge, auditor, admin;
};

struct Config {
    Node node;
    Paths paths;
    std::string socket_group;
    Request request;
    Reconcile reconcile;
    Session session;
    Auth auth;
    Policy policy;
    Calendar calendar;
    Curfew curfew;
    Control control;
    Use use;
    Emergency emergency;
    Paper paper;
    Handover handover;
    Inventory inventory;
    Alert alert;
    Outbox outbox;
    Retention retention;
    Evidence evidence;
    std::vector<Witness> witnesses;
    Backup backup;
    std::int64_t pulse_ms = 0;
    std::vector<Slot> slots;
    std::vector<Post> posts;
    std::vector<Approval> approvals;
    Roles roles;
    std::map<std::int64_t, std::string> persons;  // uid -> person id

    std::string origin() const;  // "organisation/id", "/sim" after it when simulated
    std::string api_socket() const { return paths.run + "/api.sock"; }

    // The rules across keys. parse() has applied them; again after a change by hand.
    Status check() const;

    // What the rules of custody go by, in the order of the table: as text (one "section.key =
    // value" per line, the text whose hash policy.loaded records) and as an object of sections. The
    // keys of one of several sections have its name between: "post.gm.title".
    std::string policy_text() const;
    Value policy_value() const;
};

// `name` stands before the line number in errors ("seals.toml:12: ...").
Result<Config> parse(std::string_view text, std::string_view name);
Result<Config> load(const std::string& path);  // Code::unavailable when it cannot be read

}  // namespace seals::config
