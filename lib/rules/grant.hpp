// Grants: requests with their lines, the uses that spend them, and the loans these were made under.
// Objects of the state (rules/state.hpp). Plain values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "rules/application.hpp"
#include "words/terms.hpp"

namespace seals::rules {

// How many impressions, ordinary ones and those across the edges of several pages.
struct Impressions {
    std::int64_t ordinary = 0, cross_page = 0;

    Impressions& operator+=(const Impressions& other);
    Impressions& operator-=(const Impressions& other);
    bool none() const { return ordinary == 0 && cross_page == 0; }
    bool within(const Impressions& most) const {
        return ordinary <= most.ordinary && cross_page <= most.cross_page;
    }
    friend bool operator==(const Impressions&, const Impressions&) = default;
};

// What is granted on one seal. Of both kinds of impression, at every moment:
//     granted = used + remaining + cancelled
// What was stamped beyond the grant is counted apart, as excess; it never makes room.
struct Line {
    SealId seal;
    std::int64_t copies = 1, count = 1, cross_page = 0, used = 0;
    std::vector<PersonId> users;
    Instant valid_from, valid_to;
    LineMode mode = LineMode::on_site;
    std::string revoked{};  // why the grant ended before its time; empty: it stands
    std::int64_t used_cross_page = 0;
    Impressions excess{};
    std::int64_t parent = 0;  // number of the line that this one adds to; 0: none
    std::string reason{};     // of a line that adds; from the vault
    std::int64_t uses = 0;    // recorded under it
    Instant ended{};          // with its request; 0: not yet

    Impressions granted() const { return {count, cross_page}; }
    Impressions spent() const { return {used, used_cross_page}; }
    Impressions unspent() const;  // granted less used
};

// How a request ended, and what became of telling its source. What comes later (a use, a voided
// one, the OA's number of a paper request) makes another revision, which is told under its own key.
struct Ending {
    RequestOutcome outcome = RequestOutcome::fulfilled;
    Instant at;                 // of this revision
    std::int64_t revision = 1;  // begins with 1
    bool early = false;         // a custodian ended it
    bool stale = false;         // another revision is due
    bool reopened = false;      // a line was added since; it ends again
    Instant waits;              // since then it is tried to tell
    std::int64_t told = 0;      // the last revision that the source took
    std::int64_t attempts = 0;  // to tell this one, that failed
    bool dead = false;          // given up
    bool waived = false, closed = false;
    std::string receipt{};  // sha256 of the last one
    std::string failure{};  // why the last attempt failed; from the vault
};

struct TakeOut {
    std::string place;
    Instant due;
    std::string reason{};   // from the vault
    PersonId supervisor{};  // who goes with it
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
    std::vector<Line> lines;            // their numbers begin with 1; a line is never taken away
    std::vector<std::string> uses{};    // recorded under it, oldest first
    RequestId superseded_by{};          // the request whose grant stands for this one's
    std::string basis{};                // of a paper or emergency request; from the vault
    std::vector<PersonId> put_in_by{};  // the two persons of a paper or emergency request
    std::string matched_source{}, matched_id{};  // of a paper request: its number in the OA
    std::optional<Instant> cure_by{};            // of an emergency, once its seal was taken
    RequestId cured_by{};
    std::optional<Application> application{};  // of a request that was applied for here
    std::optional<Ending> ending{};
    bool legal_hold = false;   // its files are not purged, its people's texts not erased
    std::string hold_basis{};  // from the vault

    const Line* line_for(const SealId& seal) const;  // the first of that seal
    // Its lines of that seal, with their numbers.
    std::vector<std::pair<std::int64_t, const Line*>> lines_of(const SealId& seal) const;
    const Line* line_numbered(std::int64_t number) const;  // null: there is none
    // Whether the line can still be used then; if not, what is left of it is cancelled.
    bool stands(const Line& line, Instant now) const;
    Impressions remaining(const Line& line, Instant now) const;
    Impressions cancelled(const Line& line, Instant now) const;
    Instant valid_to() const;  // the latest of its lines; applied_at when it has none
    bool over() const;         // ended, withdrawn, or every grant revoked: it releases nothing
    bool has_ended() const { return ending && !ending->reopened; }
    bool is_paper() const;
    bool is_emergency() const;
    bool needs_cure() const;  // an emergency that was used and that no request has cured
    // The line of that seal to take under: the first that stands and has impressions left, else the
    // first that stands, else the first; null: none.
    const Line* line_to_take(const SealId& seal, Instant now) const;
    bool is_pending() const;          // applied for here, and not yet decided
    bool is_rejected() const;         // likewise, and refused
    bool used_up(Instant now) const;  // nothing of it can be used any more
    bool settled() const;             // never taken, or ended and all told: nothing is to be done
    // Whether its source is an OA, or an OA has a number for it by now: somebody to be told.
    bool has_addressee() const;
    bool waits_to_be_told() const;  // the result, by now
    RequestState state(Instant now) const;
};

// Sources of requests that are made at the cabinet.
inline constexpr std::string_view kPaperSource = "paper";          // the OA has yet to follow
inline constexpr std::string_view kEmergencySource = "emergency";  // two persons, cured afterwards
inline constexpr std::string_view kSelfSource = "self";            // applied for and approved here

// One document stamped under one line. Its id is its number in the register.
struct Use {
    std::string id;  // 2026-cab-1-000123
    RequestId request;
    std::int64_t line = 0;  // its number; 0: not chosen yet
    SealId seal;
    SessionId session;  // of the loan under which it was stamped
    PersonId by, witness;
    Instant at, recorded;
    Impressions impressions, excess;  // all that were made; those of them beyond the grant
    std::string document, number, counterpart, place, exceptions, reason;  // from the vault
    std::int64_t pages = 0;                                                // 0: not told
    std::string file;                        // sha256 of the document; empty: none
    std::vector<std::string> before, after;  // photos, sha256
    bool late = false;                       // recorded after the seal was back
    std::optional<Instant> voided{};
    std::string void_reason{};  // from the vault
    PersonId voided_by{};
};

// A seal that was out, from its taking on; its id is the session of the taking.
struct LoanRecord {
    SessionId id;
    SealId seal;
    PersonId person;
    std::vector<RequestId> requests;
    Instant taken;
    std::optional<Instant> due, returned;
    SessionId return_session{};
    PersonId returned_by{};
    std::string verdict{};  // of the return
};

}  // namespace seals::rules
