// Commands about requests, the uses under them and the seals they lend: part of Command
// (rules/command.hpp). Plain values, made by api and engine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/acting.hpp"
#include "rules/grant.hpp"
#include "rules/proof.hpp"

namespace seals::rules {

// valid_from/valid_to/count of a line are filled in by the rules where `given` says they were not.
struct RequestUpsert {
    struct LineGiven {
        bool count = false, users = false, valid_from = false, valid_to = false;
    };
    Request request;  // its id is chosen by the rules
    std::vector<LineGiven> given;
    std::string status;  // approved, withdrawn, pending, rejected
    Idempotency idempotency{};
};

struct HoldRequest {
    RequestId request;
    bool hold = true;  // false: released
    std::string reason;
    Idempotency idempotency{};
};

// One document was stamped. `line` 0: the first that has room. `excess`: why more was stamped than
// is granted, where that happened; empty: it did not.
struct RecordUse {
    Use use;
    bool at_given = false;
    Acting by;
    std::optional<Acting> witness{};
    std::string excess{};
    Idempotency idempotency{};
};

struct VoidUse {
    std::string id;
    std::string reason;
    Acting by;
    Idempotency idempotency{};
};

// More impressions on a line of their own. `approved`: the OA's bridge brings it; otherwise two
// persons approve.
struct ExtendRequest {
    RequestId request;
    SealId seal;
    Impressions more;
    std::int64_t copies = 0;
    std::string reason, basis;
    std::optional<Instant> until{};
    bool approved = false;
    std::vector<Acting> persons{};
    Idempotency idempotency{};
};

// An approval on paper, put in by two persons while the OA is down.
struct PaperRequest {
    Request request;  // one line; applicant and users may be missing
    std::vector<std::string> files;
    std::vector<Acting> persons;  // two
    bool until_given = false;
    Idempotency idempotency{};
};

// The OA's number of a paper request, or the approved request that cures an emergency.
struct MatchRequest {
    RequestId request;
    std::string source, external_id;
    Idempotency idempotency{};
};

// Use without approval by two persons: the first takes, the second stands for it.
struct OpenEmergency {
    RequestId id;  // empty: made
    SealId seal;
    Impressions most;
    std::string reason;
    std::vector<Acting> persons;
    Idempotency idempotency{};
};

// All uses were added up against all lines.
struct ProveCounts {
    CountTotals totals;
    Idempotency idempotency{};
};

// A custodian wants the seal back at once.
struct RecallSeal {
    SealId seal;
    std::string reason;
    Idempotency idempotency{};
};

struct WithdrawRequest {
    RequestId request;
    Idempotency idempotency{};
    std::optional<Acting> by{};  // of an application: the applicant; nobody: whoever brings them in
};

// Applied for at the cabinet; the chain that it goes up is the policy's. What stands in `request`
// as in an upsert, its external_id empty where the cabinet is to number it.
struct Apply {
    Request request;
    std::vector<RequestUpsert::LineGiven> given;
    Acting applicant;
    Idempotency idempotency{};
};

// One step of an application's chain.
struct DecideApplication {
    RequestId request;
    Acting person;
    bool approve = true;
    std::string opinion;     // of a refusal: its reason
    PersonId delegate_of{};  // for which holder a delegate acts
    Idempotency idempotency{};
};

// A custodian ends a request before all that it grants is used.
struct FinishRequest {
    RequestId request;
    std::string reason;
    Idempotency idempotency{};
};

// What becomes of telling a request's source how it ended.
struct TellResult {
    enum class Kind { reported, failed, again, waived };
    Kind kind = Kind::reported;
    RequestId request;
    std::int64_t revision = 0, attempts = 0;  // of the outbox
    std::string receipt{};                    // sha256 of what the source answered
    std::string reason{};
    bool dead = false;         // of a failure: given up
    std::vector<Acting> by{};  // of a waiver
    Idempotency idempotency{};
};

}  // namespace seals::rules
