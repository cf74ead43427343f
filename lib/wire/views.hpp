// What the API shows of persons, seals, requests and sessions.
#pragma once

#include "wire/application.hpp"

namespace seals::wire {

struct PersonView {
    std::string id, name, department, role;
    bool active = true, has_pin = false, erased = false;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &PersonView::id, kRequired, "the person's number in the firm"),
            wire::field("name", &PersonView::name, kRequired, "name; empty once erased"),
            wire::field("department", &PersonView::department, kRequired, "department"),
            wire::field("role", &PersonView::role, kRequired, "staff, custodian, auditor or admin"),
            wire::field("active", &PersonView::active, kRequired, "false once the person has left"),
            wire::field("has_pin", &PersonView::has_pin, kRequired, "a PIN is set"),
            wire::field("erased", &PersonView::erased, kOptional, "his data was erased")};
    }
};

struct LoanView {
    std::string person;
    std::vector<std::string> requests;
    std::string session;
    Instant since;
    std::optional<Instant> due;
    bool recalled = false;
    std::optional<Instant> curfew;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &LoanView::person, kRequired, "who holds the seal"),
            wire::field("requests", &LoanView::requests, kRequired, "under which requests"),
            wire::field("session", &LoanView::session, kRequired, "the visit that took it"),
            wire::field("since", &LoanView::since, kRequired, "when it left"),
            wire::field("due", &LoanView::due, kOptional, "when it must be back"),
            wire::field("recalled", &LoanView::recalled, kRequired, "its requests were withdrawn"),
            wire::field("curfew", &LoanView::curfew, kOptional,
                        "when policy wants it back, used on site")};
    }
};

struct SealView {
    std::string id, name, type, entity, state, custody, slot;
    std::vector<std::string> custodians;
    std::string filing_no, uid;
    std::optional<LoanView> loan;
    std::optional<std::string> replaced_by, replaces;
    std::optional<Instant> state_since;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &SealView::id, kRequired, "seal number"),
            wire::field("name", &SealView::name, kRequired, "seal name"),
            wire::field("type", &SealView::type, kRequired, "official, contract, finance, ..."),
            wire::field("entity", &SealView::entity, kRequired, "the company that owns it"),
            wire::field("state", &SealView::state, kRequired, "its life: registered, active, ..."),
            wire::field("custody", &SealView::custody, kRequired,
                        "where it is, as far as is known"),
            wire::field("slot", &SealView::slot, kRequired, "its home slot"),
            wire::field("custodians", &SealView::custodians, kRequired, "who keeps it, A then B"),
            wire::field("filing_no", &SealView::filing_no, kRequired, "13-digit filing number"),
            wire::field("uid", &SealView::uid, kRequired,
                        "UID of its tag, hex; empty: none enrolled"),
            wire::field("loan", &SealView::loan, kOptional, "while it is out"),
            wire::field("replaced_by", &SealView::replaced_by, kOptional,
                        "the seal that replaced it"),
            wire::field("replaces", &SealView::replaces, kOptional, "the seal it replaced"),
            wire::field("state_since", &SealView::state_since, kOptional,
                        "when it came into that state")};
    }
};

struct LineView {
    std::string seal;
    std::int64_t copies = 1, count = 1, cross_page = 0, used = 0;
    std::vector<std::string> users;
    Instant valid_from, valid_to;
    std::string mode;
    std::optional<std::string> revoked;
    std::int64_t used_cross_page = 0, remaining = 0, remaining_cross_page = 0, cancelled = 0,
                 cancelled_cross_page = 0, excess = 0, excess_cross_page = 0, parent = 0;
    std::string reason;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seal", &LineView::seal, kRequired, "seal number"),
            wire::field("copies", &LineView::copies, kRequired, "copies of the document"),
            wire::field("count", &LineView::count, kRequired, "impressions granted"),
            wire::field("cross_page", &LineView::cross_page, kRequired, "cross-page impressions"),
            wire::field("used", &LineView::used, kRequired, "impressions recorded"),
            wire::field("users", &LineView::users, kRequired, "who may use the seal"),
            wire::field("valid_from", &LineView::valid_from, kRequired, "start of the window"),
            wire::field("valid_to", &LineView::valid_to, kRequired, "end of the window"),
            wire::field("mode", &LineView::mode, kRequired, "on_site or take_out"),
            wire::field("revoked", &LineView::revoked, kOptional,
                        "why its grant ended before its time"),
            wire::field("used_cross_page", &LineView::used_cross_page, kRequired, "likewise"),
            wire::field("remaining", &LineView::remaining, kRequired,
                        "count = used + remaining + cancelled"),
            wire::field("remaining_cross_page", &LineView::remaining_cross_page, kRequired,
                        "likewise"),
            wire::field("cancelled", &LineView::cancelled, kRequired,
                        "never used, and the line is over"),
            wire::field("cancelled_cross_page", &LineView::cancelled_cross_page, kRequired,
                        "likewise"),
            wire::field("excess", &LineView::excess, kRequired, "stamped beyond the grant"),
            wire::field("excess_cross_page", &LineView::excess_cross_page, kRequired, "likewise"),
            wire::field("parent", &LineView::parent, kRequired,
                        "number of the line that it adds to; 0: none"),
            wire::field("reason", &LineView::reason, kRequired, "of a line that adds")};
    }
};

struct TakeOutView {
    std::string place, reason, supervisor;
    Instant due;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("place", &TakeOutView::place, kRequired, "where it goes"),
            wire::field("due", &TakeOutView::due, kRequired, "when it must be back"),
            wire::field("reason", &TakeOutView::reason, kRequired, "why it leaves the house"),
            wire::field("supervisor", &TakeOutView::supervisor, kRequired, "who goes with it")};
    }
};

// How a request ended, and what became of telling its source.
struct EndingView {
    std::string outcome;
    Instant at;
    std::int64_t revision = 1, told = 0, attempts = 0;
    bool early = false, waits = false, dead = false, waived = false, closed = false;
    std::optional<Instant> since;
    std::string receipt, failure;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("outcome", &EndingView::outcome, kRequired, "how it ended",
                        "fulfilled|part_fulfilled|unused|withdrawn"),
            wire::field("at", &EndingView::at, kRequired, "when that was recorded"),
            wire::field("revision", &EndingView::revision, kRequired,
                        "counts what was recorded of it later"),
            wire::field("told", &EndingView::told, kRequired,
                        "the last revision that its source took; 0: none"),
            wire::field("attempts", &EndingView::attempts, kRequired,
                        "to tell this revision, as last heard"),
            wire::field("early", &EndingView::early, kRequired, "a custodian ended it"),
            wire::field("waits", &EndingView::waits, kRequired, "to be told"),
            wire::field("dead", &EndingView::dead, kRequired, "it was given up to tell"),
            wire::field("waived", &EndingView::waived, kRequired, "it need not be told"),
            wire::field("closed", &EndingView::closed, kRequired, "nothing is left to do"),
            wire::field("since", &EndingView::since, kOptional, "when it began to wait"),
            wire::field("receipt", &EndingView::receipt, kRequired,
                        "sha256 of the last answer; empty: none"),
            wire::field("failure", &EndingView::failure, kRequired,
                        "why the last attempt failed; empty: none did")};
    }
};

struct RequestView {
    std::string id, source, external_id, state, applicant, applicant_name, department, title;
    Instant applied_at;
    std::optional<TakeOutView> take_out;
    std::vector<LineView> lines;
    std::string chain, remark;
    std::vector<std::string> uses, put_in_by, approvers;
    std::string basis;
    std::optional<std::string> superseded_by, matched, cured_by;
    std::optional<Instant> cure_by;
    std::optional<std::string> number, counterpart;
    std::vector<ApprovalView> approval;
    std::optional<EndingView> ending;
    bool legal_hold = false;
    std::string hold_basis{};
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &RequestView::id, kRequired, "request id"),
            wire::field("source", &RequestView::source, kRequired, "name of the OA"),
            wire::field("external_id", &RequestView::external_id, kRequired, "the OA's number"),
            wire::field(
                "state", &RequestView::state, kRequired,
                "received, accepted, in_progress, held, fulfilled, part_fulfilled, reported, "
                "closed, rejected, withdrawn, revoked, expired or superseded"),
            wire::field("applicant", &RequestView::applicant, kRequired, "person id"),
            wire::field("applicant_name", &RequestView::applicant_name, kRequired,
                        "name as exported"),
            wire::field("department", &RequestView::department, kRequired, "department"),
            wire::field("title", &RequestView::title, kRequired, "document or subject"),
            wire::field("applied_at", &RequestView::applied_at, kRequired, "time of application"),
            wire::field("take_out", &RequestView::take_out, kOptional, "place and due"),
            wire::field("lines", &RequestView::lines, kRequired, "one per seal"),
            wire::field("chain", &RequestView::chain, kRequired, "approvers as exported"),
            wire::field("remark", &RequestView::remark, kRequired, "remark as exported"),
            wire::field("uses", &RequestView::uses, kRequired, "recorded under it, oldest first"),
            wire::field("put_in_by", &RequestView::put_in_by, kRequired,
                        "the two persons of a paper or emergency request"),
            wire::field("approvers", &RequestView::approvers, kRequired,
                        "persons whom the chain names"),
            wire::field("basis", &RequestView::basis, kRequired, "of such a request"),
            wire::field("superseded_by", &RequestView::superseded_by, kOptional,
                        "the request that stands for it"),
            wire::field("matched", &RequestView::matched, kOptional,
                        "of a paper request: source:number in the OA"),
            wire::field("cured_by", &RequestView::cured_by, kOptional,
                        "of an emergency: the request that cured it"),
            wire::field("cure_by", &RequestView::cure_by, kOptional, "to be cured until then"),
            wire::field("number", &RequestView::number, kOptional,
                        "of an application: number of the document"),
            wire::field("counterpart", &RequestView::counterpart, kOptional,
                        "of an application: the other party"),
            wire::field("approval", &RequestView::approval, kOptional,
                        "of an application: its chain, as it was when it came"),
            wire::field("ending", &RequestView::ending, kOptional, "once it has ended"),
            wire::field("legal_hold", &RequestView::legal_hold, kOptional,
                        "nothing of it is purged or erased"),
            wire::field("hold_basis", &RequestView::hold_basis, kOptional, "on what grounds")};
    }
};

struct SessionView {
    std::string id, kind, seal, slot, person;
    std::vector<std::string> requests;
    std::string state, verdict, code;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &SessionView::id, kRequired, "session id"),
            wire::field("kind", &SessionView::kind, kRequired, "take or return"),
            wire::field("seal", &SessionView::seal, kRequired, "seal number"),
            wire::field("slot", &SessionView::slot, kRequired, "slot"),
            wire::field("person", &SessionView::person, kRequired, "who opened it"),
            wire::field("requests", &SessionView::requests, kRequired, "under which requests"),
            wire::field("state", &SessionView::state, kRequired,
                        "promised, unlocked, open, shut, unknown or closed"),
            wire::field("verdict", &SessionView::verdict, kRequired,
                        "how it ended; empty while it runs"),
            wire::field("code", &SessionView::code, kRequired, "outcome; empty while it runs")};
    }
};

}  // namespace seals::wire
