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

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/value.hpp"
#include "words/terms.hpp"

namespace seals::rules {

inline constexpr int kFailuresKept = 32;  // of identification, per person; a policy counts no more

struct Person {
    PersonId id;
    std::string name, department, phone;  // name and phone: from the vault, may be gone
    std::string role = "staff";
    bool active = true;
    bool has_pin = false;
    std::vector<Instant> failures;  // of identification since the last success, newest last
    std::optional<Instant> locked_until;
};

struct Loan {
    PersonId person;
    std::vector<RequestId> requests;
    SessionId session;
    Instant since;
    std::optional<Instant> due;
    bool recalled = false;
    std::optional<Instant> curfew{};  // when a seal used on site must be back, by policy
};

struct Seal {
    SealId id;
    std::string name, type, entity, filing_no;
    SlotId slot;  // its home; empty: not kept in this cabinet
    std::vector<PersonId> custodians;
    SealState state = SealState::registered;
    Instant since;                             // of that state
    SealState before = SealState::registered;  // quarantine
    SealId replaces, replaced_by;
    Custody custody = Custody::unknown;
    std::string uid;  // of its tag, hex; empty: none enrolled
    std::optional<Loan> loan;
    SessionId session;  // open on it; empty: none

    bool kept_by(const PersonId& person) const;
};

struct Line {
    SealId seal;
    std::int64_t copies = 1, count = 1, cross_page = 0, used = 0;
    std::vector<PersonId> users;
    Instant valid_from, valid_to;
    LineMode mode = LineMode::on_site;
    std::string revoked{};  // why the grant ended before its time; empty: it stands
};

struct TakeOut {
    std::string place;
    Instant due;
    friend bool operator==(const TakeOut&, const TakeOut&) = default;
};

struct Request {
    RequestId id;
    std::string source, external_id;
    bool withdrawn = false, taken = false;  // taken: at least once
    bool held = false;                      // opens nothing until it is released
    std::vector<PersonId> approvers;        // as far as the chain's names tell
    PersonId applicant;
    std::string applicant_name, department, title, chain, remark;  // texts: from the vault
    Instant applied_at;
    std::optional<TakeOut> take_out;
    std::vector<Line> lines;

    const Line* line_for(const SealId& seal) const;
    Instant valid_to() const;  // the latest of its lines; applied_at when it has none
    bool over() const;         // withdrawn, or every grant revoked: it never releases again
    RequestState state(Instant now) const;
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
};

// A slot opened with no leave of ours: by force, by key, or while sealsd was down.
struct Override {
    std::string id;
    SlotId slot;
    std::string cause;  // forced, down, unseen
    Instant from, at;   // the uncovered time
    bool counted = false, explained = false;
};

// What the last boot left behind.
struct Node {
    bool running = false;  // no orderly shutdown since the last boot
    std::string config_sha256, policy_sha256;
    Instant down_from, booted;  // the last entry before the last boot, and that boot
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
    Node node;
    std::set<Key> touched;  // since the last clear; evolve adds

    const Person* person(const PersonId& id) const;
    const Seal* seal(const SealId& id) const;
    const Request* request(const RequestId& id) const;
    const Session* session(const SessionId& id) const;
    const Handover* handover(const std::string& id) const;
    const Handover* open_handover_of(const SealId& seal) const;  // offered or in force
    const Seal* seal_at(const SlotId& slot) const;               // whose home it is
    const Seal* seal_with_uid(const std::string& uid) const;
    const Session* live_session_of(const PersonId& person) const;
};

bool is_live(Stage stage);
std::string_view name_of(Stage stage);

}  // namespace seals::rules
