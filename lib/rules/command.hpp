// Command: what somebody asks for, or what was observed. Plain values, made by api and engine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/acting.hpp"
#include "rules/event.hpp"
#include "rules/evidence_command.hpp"
#include "rules/grant_command.hpp"
#include "rules/keeping_command.hpp"
#include "rules/state.hpp"
#include "words/seal_acts.hpp"

namespace seals::rules {

// --- asked for ---

struct PersonUpsert {
    Person person;
};

struct SealUpsert {
    Seal seal;
    bool activate = false;  // in use already: the import is the basis
};

struct ImportFinished {
    std::string kind, sha256;
    std::int64_t accepted = 0, unchanged = 0, withdrawn = 0, left_out = 0, refused = 0,
                 conflicts = 0;
    Idempotency idempotency{};
};

struct SetPin {  // checked and hashed before; the hash goes to the vault beside the event
    PersonId person;
    Idempotency idempotency{};
};

struct Take {
    SealId seal;
    std::vector<RequestId> requests;
    PersonId person;
    std::vector<FactorChecked> factors;
    Idempotency idempotency{};
    std::optional<Acting> second{};  // where the policy wants two persons
};

struct Return {
    SealId seal;
    PersonId person;
    std::vector<FactorChecked> factors;
    Idempotency idempotency{};
};

// Only who somebody is: for acts that are not a visit (a new PIN, accepting the clock).
struct Identify {
    PersonId person;
    std::vector<FactorChecked> factors;
};

struct AcceptClock {
    std::vector<PersonId> persons;
    std::int64_t by_ms = 0;
};

// A step of a seal's life (words/seal_acts).
struct ActOnSeal {
    SealAct act{};
    SealId seal;
    std::string basis;
    std::vector<std::string> files;  // sha256 hex each
    std::vector<Acting> witnesses;
    std::optional<Acting> approver{};
    Idempotency idempotency{};
};

struct RegisterSeal {
    Seal seal;
    std::string basis;
    std::vector<std::string> files;
    Idempotency idempotency{};
};

// Open requests of the old seal are revoked, or held where `hold`: never moved to the new one.
struct ReplaceSeal {
    SealId old_seal, by;
    std::string filing_no, basis;
    SlotId slot;
    std::vector<std::string> files;
    bool hold = false;
    Idempotency idempotency{};
};

struct ReleaseQuarantine {
    SealId seal;
    std::string basis;
    std::vector<Acting> persons;  // two
    Idempotency idempotency{};
};

// What a person does with an alert. `by`: nobody, or who shows who he is.
struct AlertAct {
    enum class Kind { ack, assign, close };
    Kind kind = Kind::ack;
    std::string alert;
    PersonId to{};         // of an assignment
    std::string reason{};  // of a closing
    std::vector<Acting> by{};
    Idempotency idempotency{};
};

// Two persons let a frozen cabinet give out seals again.
struct ReleaseCabinet {
    std::vector<Acting> persons;
    std::string reason;
    Idempotency idempotency{};
};

// `absent`: who keeps the seals is away, and `giver` is the third custodian who starts it.
struct OfferHandover {
    std::vector<SealId> seals;  // empty: all that he keeps
    PersonId from, to;
    Acting giver;
    std::optional<Instant> until;
    bool absent = false;
    Idempotency idempotency{};
};

struct AnswerHandover {
    std::string id;
    Acting person;
    bool accept = true;
    std::string reason;
    Idempotency idempotency{};
};

struct ExplainOverride {
    std::string id;
    std::string reason, old_bag, new_bag;
    std::vector<Acting> persons;  // two
    Idempotency idempotency{};
};

// What a person says he found by eye, before he is shown what should be there.
struct BlindRow {
    SlotId slot;
    SealId seal;            // empty: nothing lies there
    std::int64_t line = 0;  // of his file, for what is wrong with it
};

struct CountWanted {
    PersonId person{};  // who counts; empty: the machine by itself
    bool blind = false;
    std::vector<BlindRow> entry{};
    bool since_last = false;
    std::string recount_of{};
};

// The opening baseline: a full count in which everything lay in its slot, seen by two more persons.
struct RecordBaseline {
    std::string inventory;
    std::vector<Acting> persons;  // the witnesses
    Idempotency idempotency{};
};

// Before a person's count: who it is, and what he found. Nothing is read before this is recorded.
struct StartInventory {
    std::string id;
    Acting acting;
    CountWanted wanted;
    Idempotency idempotency{};  // of a refusal; a count bears it at its end
};

// A comparison that was made, to be recorded. Its items are on the disk already.
struct Reconcile {
    Reconciliation run;
    std::int64_t open = 0;
    std::optional<Instant> oldest_open;  // from when on the one that is late longest is late
    Idempotency idempotency{};
};

// Why an item of that run is as it is.
struct Explain {
    Discrepancy item;
    RequestId request;  // in the ledger; empty: it knows none
    Idempotency idempotency{};
};

// A job of the house tells that it runs, and how often it will say so; 0: it will no more.
struct Heartbeat {
    std::string job;
    milliseconds every{0};
    Idempotency idempotency{};
};

// --- observed ---

// What reading a slot's tag gave. `seal` only for authentic.
struct TagReading {
    enum class Kind { absent, authentic, failed, foreign, unreadable };
    Kind kind = Kind::unreadable;
    SealId seal{};
    std::string uid{};                  // hex, where one was seen
    std::string reason{};               // for failed and unreadable
    std::optional<Instant> at{};        // when the reading began; absent: it is of this moment
    std::chrono::microseconds took{0};  // at the reader, waiting for it left out
};

struct LineFired {
    SessionId session;
};
struct LineNotFired {  // never fired: bolt refused it, or it was too late to send
    SessionId session;
    std::string reason;
};
struct OutcomeLost {  // it may have fired
    SessionId session;
};
struct DoorMoved {
    SlotId slot;
    bool open = false;
    bool at_start = false;  // the first word of it since sealsd started
};
// `settling`: the door is shut and this reading decides; otherwise it is a look while it is open.
struct TagRead {
    SlotId slot;
    TagReading reading;
    bool settling = false;
};
struct DoorTimeout {  // nobody opened it in time
    SessionId session;
};
struct LeftOpen {
    SlotId slot;
};
struct InventoryTaken {
    std::string id;
    std::vector<std::pair<SlotId, TagReading>> readings;
    milliseconds duration{0};
    Idempotency idempotency{};
    CountWanted wanted{};
};

// Told every few seconds: which parts of the cabinet answer.
struct DevicesSeen {
    std::vector<std::pair<std::string, bool>> devices;
};
struct DiskSeen {  // of the ledger
    std::int64_t free = 0;
};

// --- the device's own ---

struct Booted {
    std::string version;
    std::string config_sha256;
    std::string policy_text, policy_sha256;
    std::vector<SlotId> slots;
    Instant last{};  // the entry before this boot; 0: there was none
};
struct ConfigLoaded {  // while running: what of it differs is recorded, then applied
    std::string config_sha256;
    std::string policy_text, policy_sha256;
};
struct Shutdown {};
struct ClockStepped {
    std::int64_t by_ms = 0;
};
// Told every few seconds: what time alone brings about (a loan overdue, a count missed).
struct TimePassed {};
// The state leaf, made by the engine: `full` at boot and daily, otherwise a digest with what
// deviates.
struct RecordState {
    Value data;
};
// What the device found of a part of itself.
struct SelfTested {
    std::string part;
    bool ok = false;
    std::int64_t size = 0;  // of the ledger
    std::string root;       // hex
    std::int64_t seq = 0;   // the first that is bad
    std::string reason;
};

using Command =
    std::variant<PersonUpsert, SealUpsert, RequestUpsert, ImportFinished, SetPin, Take, Return,
                 Identify, AcceptClock, ActOnSeal, RegisterSeal, ReplaceSeal, ReleaseQuarantine,
                 HoldRequest, WithdrawRequest, FinishRequest, TellResult, Apply, DecideApplication,
                 OfferHandover, AnswerHandover, ExplainOverride, RecordUse, VoidUse, ExtendRequest,
                 PaperRequest, MatchRequest, OpenEmergency, RecallSeal, ProveCounts, StartInventory,
                 Reconcile, Explain, AlertAct, ReleaseCabinet, Heartbeat, HoldLegally, ErasePerson,
                 PurgeFiles, FilesChecked, LineFired, LineNotFired, OutcomeLost, DoorMoved, TagRead,
                 DoorTimeout, LeftOpen, InventoryTaken, DevicesSeen, DiskSeen, Booted, ConfigLoaded,
                 Shutdown, ClockStepped, TimePassed, RecordState, KeyMade, RotateKey,
                 ExportEvidence, BackupDone, SelfTested, RecordBaseline>;

// Observed facts come before what is asked for in a batch.
bool is_fact(const Command& command);

// Rows that must be in the state before the command is decided (persons, seals, slots always are).
std::vector<Key> rows_named_by(const Command& command);
// Rows that those rows name in turn, once they are in the state.
std::vector<Key> rows_behind(const State& state, const Command& command);

}  // namespace seals::rules
