// State: what the ledger says is so, as far as decisions need it. Made by evolve() from events and
// by nothing else; every object is a row of the ledger's views (to_value/from_value), so that it
// can be loaded without replaying. Plain values, loop thread (copies: any thread).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/value.hpp"
#include "rules/grant.hpp"
#include "words/terms.hpp"

namespace seals::rules {

inline constexpr int kFailuresKept = 32;   // of identification, per person; a policy counts no more
inline constexpr int kNullsKept = 32;      // visits for nothing, per person; likewise
inline constexpr int kRemovalsKept = 256;  // seals that left the cabinet; likewise
inline constexpr int kJobsKept = 64;       // jobs that report here

struct Person {
    PersonId id;
    std::string name, department, phone;  // name and phone: from the vault, may be gone
    std::string role = "staff";
    bool active = true;
    bool has_pin = false;
    std::vector<Instant> failures;  // of identification since the last success, newest last
    std::optional<Instant> locked_until;
    std::vector<Instant> nulls;  // visits in which nothing moved, newest last
    bool erased = false;         // name, phone and PIN are gone for good
};

struct Loan {
    PersonId person;
    std::vector<RequestId> requests;
    SessionId session;
    Instant since;
    std::optional<Instant> due;
    bool recalled = false;
    std::optional<Instant> curfew{};  // when a seal used on site must be back, by policy
    Instant recalled_at{};
    int told = 0;  // how often an alert told that it is overdue, of that due
    bool told_recall = false, told_lost = false;
    Instant told_due{};
};

struct Seal {
    SealId id;
    std::string name, type, entity, filing_no;
    SlotId slot;  // its home; empty: not kept in this cabinet
    std::vector<PersonId> custodians;
    SealState state = SealState::registered;
    Instant state_since;                       // when it came into that state
    SealState before = SealState::registered;  // quarantine
    SealId replaces, replaced_by;
    Custody custody = Custody::unknown;
    std::string uid;  // of its tag, hex; empty: none enrolled
    std::optional<Loan> loan;
    SessionId session;                // open on it; empty: none
    std::optional<Loan> last_loan{};  // the last one that ended, and when it did
    Instant last_returned{};
    Instant since{};  // when state or custody last changed

    bool kept_by(const PersonId& person) const;
};

// promised: the unlock is ordered, its outcome not yet known. unknown: an interruption lost it.
enum class Stage { promised, unlocked, open, shut, unknown, closed };

struct Session {
    SessionId id;
    std::string kind;  // take or return
    SealId seal;
    SlotId slot;
    PersonId person;
    std::vector<RequestId> requests;
    Stage stage = Stage::promised;
    bool answered = false;  // whether the line fired is known; the door may open before that
    bool moved = false;     // the seal left (take) or a tag authenticated (return)
    std::string verdict, code;
    std::string reason;  // why an order was abandoned
    Instant opened;
    std::optional<Instant> curfew{};  // for the loan that a take makes
};

struct Slot {
    SlotId id;
    bool open = false;
    bool frozen = false;     // until door and tag are read again
    bool left_open = false;  // told, since it was opened
    SessionId session;       // live on it; empty: none
    Instant moved;           // when its door last did; a reading from before decides nothing
    bool counted = false;    // found in order, and nothing has happened to it since
    int unopened = 0;        // orders in a row after which its door did not open
    int unreadable = 0;      // counts in a row that could not read it
};

// One slot of a count: what the ledger and the machine say of it, and in a blind count the person.
struct CountedSlot {
    SlotId slot;
    SealId seal;         // that lives there; empty: none
    std::string entity;  // whose seal that was then
    Verdict verdict = Verdict::empty;
    bool busy = false;                // in use just then: the verdict is what was known
    std::optional<SealId> entered{};  // by the person; empty: nothing lies there
    std::optional<BlindResult> result{};
};

// A count that was recorded.
struct Inventory {
    std::string id;
    Instant at;
    PersonId person;  // who counted; empty: the machine by itself
    bool blind = false;
    bool since_last = false;            // only what had changed since the count before
    std::string recount_of;             // the blind count that this one repeats
    std::vector<std::string> recounts;  // of this one
    std::vector<CountedSlot> items;
    milliseconds duration{0};              // in all
    milliseconds reading{0}, slot_max{0};  // at the readers: all slots together; the slowest

    bool full() const { return !since_last && recount_of.empty(); }
    std::size_t discrepancies() const;
    std::size_t mismatches() const;
    bool clean() const { return discrepancies() == 0 && mismatches() == 0; }
    bool counts(const SealId& seal) const;  // its slot was read
    // It lay in its slot, and a blind count's person saw it there, too.
    bool proves(const SealId& seal) const;
};

inline constexpr std::size_t kBlindKept = 16;  // blind counts that stay in memory

// Which counts later decisions ask for (they stay in memory), and which missed ones are told.
struct Counting {
    std::string last, last_full;
    std::vector<std::string> blind;  // newest last
    Instant began;                   // when the cabinet first ran; 0: never
    Instant told, told_full;         // the newest due moment that was told as missed
};

// Seals that go from one keeper to another. Offered by who keeps them (or, in an absence, by a
// third custodian), accepted by who will.
struct Handover {
    std::string id;
    HandoverKind kind = HandoverKind::permanent;
    HandoverState state = HandoverState::offered;
    std::vector<SealId> seals;
    PersonId from, to, by;  // by: who started it
    Instant offered, accepted;
    std::optional<Instant> until;
    // Who kept each seal before, in the order of `seals`; given back at the end.
    std::vector<std::vector<PersonId>> before;

    bool open() const {
        return state == HandoverState::offered || state == HandoverState::in_force;
    }
};

// A slot opened with no leave of ours: by force, by key, or while sealsd was down.
struct Override {
    std::string id;
    SlotId slot;
    std::string cause;  // forced, down, unseen
    Instant from, at;   // the uncovered time
    bool counted = false, explained = false;

    bool open() const { return !counted || !explained; }
};

// A comparison of an OA export with the ledger, as it was recorded. Its items are a file of their
// own, found by its hash.
struct Reconciliation {
    std::string id;
    std::string source;  // of the export: one, or several with blanks between
    Instant from, to, at;
    std::string sha256, items_sha256;
    Value totals;
    Actor actor;
};

// An explained item: it holds while the item's figures are the same.
struct Discrepancy {
    std::string source, external_id;
    SealId seal;
    std::string klass, run;
    std::string figures, reason;  // from the vault, may be gone
    Instant at;
    Actor actor;
};
std::string discrepancy_id(std::string_view source, std::string_view external_id,
                           std::string_view seal);

struct Removal {
    Instant at;
    SealId seal;
};

// What the last boot left behind, and what holds for the cabinet as a whole.
struct Node {
    bool running = false;  // no orderly shutdown since the last boot
    std::string config_sha256, policy_sha256;
    Instant down_from, booted;        // the last entry before the last boot, and that boot
    std::vector<Removal> removals{};  // seals that left, newest last; since the last release
    std::optional<Instant> frozen{};  // since then nothing is given out
    bool disk_low = false;
    std::int64_t register_year = 0, register_number = 0;        // of the last use
    Instant counts_proved{};                                    // last
    std::int64_t application_year = 0, application_number = 0;  // of the last SQ- number
    std::string key;            // that the device signs with: its public half, a line
    std::string files_fault{};  // what the last check of the kept files found wrong
};

// A part of the cabinet that has not answered for a while.
struct Device {
    std::string id;
    Instant since;
    bool told = false;
};

// A program of the house that reports here regularly.
struct Job {
    std::string id;
    milliseconds every{0};
    Instant last;
    bool told = false;  // that it is silent
};

// Something that a person must look at. Its type is a row of words/alert_types; whom or what it is
// about is its subject: while it is not closed, there is no second of the same type and subject.
struct Alert {
    std::string id, type, severity;
    AlertState state = AlertState::open;
    Instant since, last;
    std::int64_t count = 1;
    SealId seal;
    SlotId slot;
    PersonId person;
    std::string about;  // a job, device or entity, where it is about none of the above
    SessionId session;
    PersonId assigned;
    std::string reason;  // of its closing; from the vault

    bool same_subject(const Alert& other) const;
};

// A row of the views that changed: kind ("seal") and id.
using Key = std::pair<std::string, std::string>;

struct State {
    std::map<PersonId, Person> persons;
    std::map<SealId, Seal> seals;
    std::map<RequestId, Request> requests;
    std::map<SessionId, Session> sessions;
    std::map<SlotId, Slot> slots;
    std::map<std::string, Handover> handovers;
    std::map<std::string, Override> overrides;
    std::map<std::string, Inventory> inventories;
    Counting counting;
    std::map<std::string, Reconciliation> reconciliations;
    std::map<std::string, Discrepancy> discrepancies;  // by discrepancy_id
    std::map<std::string, Alert> alerts;
    std::map<std::string, Device> devices;
    std::map<std::string, Job> jobs;
    Node node;
    std::map<std::string, Use> uses;
    std::map<SessionId, LoanRecord> loans;
    std::set<Key> touched;  // since the last clear; evolve adds

    const Person* person(const PersonId& id) const;
    const Seal* seal(const SealId& id) const;
    const Request* request(const RequestId& id) const;
    const Session* session(const SessionId& id) const;
    const Handover* handover(const std::string& id) const;
    const Handover* open_handover_of(const SealId& seal) const;  // offered or in force
    const Inventory* inventory(const std::string& id) const;
    const Alert* alert(const std::string& id) const;
    const Alert* alert_like(
        const Alert& like) const;                   // the one not closed of that type and subject
    const Seal* seal_at(const SlotId& slot) const;  // whose home it is
    const Seal* seal_with_uid(const std::string& uid) const;
    const Session* live_session_of(const PersonId& person) const;
};

bool is_live(Stage stage);
std::string_view name_of(Stage stage);

}  // namespace seals::rules
