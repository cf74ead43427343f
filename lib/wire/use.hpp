// Bodies and views of uses: what was stamped, by whom, under which line, and the whole scene of it.
#pragma once

#include "wire/calls.hpp"

namespace seals::wire {

struct UseDocument {
    std::string name, number, counterpart;
    std::int64_t pages = 0;
    std::string file;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("name", &UseDocument::name, kOptional, "document name"),
            wire::field("number", &UseDocument::number, kOptional, "its own number"),
            wire::field("counterpart", &UseDocument::counterpart, kOptional, "the other party"),
            wire::field("pages", &UseDocument::pages, kOptional, "how many; 0: not told"),
            wire::field("file", &UseDocument::file, kOptional, "sha256 of the file, where sent")};
    }
};

struct UseCall {
    std::string request, seal, by;
    std::optional<std::int64_t> line;
    std::vector<Factor> factors;
    std::optional<Acting> witness;
    std::int64_t count = 0, cross_page = 0;
    std::optional<Instant> at;
    std::optional<UseDocument> document;
    std::vector<std::string> before, after;
    std::string place, exceptions, excess;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("request", &UseCall::request, kRequired, "under which request"),
            wire::field("seal", &UseCall::seal, kRequired, "with which seal"),
            wire::field("by", &UseCall::by, kRequired, "who stamped"),
            wire::field("line", &UseCall::line, kOptional,
                        "number of the request's line; none: the first that has room"),
            wire::field("factors", &UseCall::factors, kOptional, "what shows who that is"),
            wire::field("witness", &UseCall::witness, kOptional, "who supervised"),
            wire::field("count", &UseCall::count, kOptional, "impressions"),
            wire::field("cross_page", &UseCall::cross_page, kOptional, "cross-page impressions"),
            wire::field("at", &UseCall::at, kOptional, "when; none: now"),
            wire::field("document", &UseCall::document, kOptional, "what was stamped"),
            wire::field("before", &UseCall::before, kOptional, "photos, sha256 each"),
            wire::field("after", &UseCall::after, kOptional, "photos, sha256 each"),
            wire::field("place", &UseCall::place, kOptional, "where"),
            wire::field("exceptions", &UseCall::exceptions, kOptional, "what was out of order"),
            wire::field("excess", &UseCall::excess, kOptional,
                        "why more was stamped than is granted, where that happened")};
    }
};

struct UseReply {
    std::string id;
    std::int64_t seq = 0, line = 0, remaining = 0, remaining_cross_page = 0, excess = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &UseReply::id, kRequired, "its number in the register"),
            wire::field("seq", &UseReply::seq, kRequired, "ledger entry"),
            wire::field("line", &UseReply::line, kRequired, "line of the request that it spent"),
            wire::field("remaining", &UseReply::remaining, kRequired, "left on that line"),
            wire::field("remaining_cross_page", &UseReply::remaining_cross_page, kRequired,
                        "likewise, cross-page"),
            wire::field("excess", &UseReply::excess, kRequired, "beyond the grant, both kinds")};
    }
};

struct VoidCall {
    std::string person, reason;
    std::vector<Factor> factors;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &VoidCall::person, kRequired, "who voids the sheet"),
            wire::field("factors", &VoidCall::factors, kOptional, "what shows who that is"),
            wire::field("reason", &VoidCall::reason, kRequired, "why")};
    }
};

struct UseView {
    std::string id, request, seal, session, by, witness;
    std::int64_t line = 0, count = 0, cross_page = 0, excess = 0, excess_cross_page = 0;
    Instant at, recorded;
    UseDocument document;
    std::vector<std::string> before, after;
    std::string place, exceptions, excess_reason;
    bool late = false;
    std::optional<Instant> voided;
    std::string void_reason, voided_by;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &UseView::id, kRequired, "its number in the register"),
            wire::field("request", &UseView::request, kRequired, "under which request"),
            wire::field("line", &UseView::line, kRequired, "which line of it"),
            wire::field("seal", &UseView::seal, kRequired, "seal number"),
            wire::field("session", &UseView::session, kRequired, "the taking that it stands on"),
            wire::field("by", &UseView::by, kRequired, "who stamped"),
            wire::field("witness", &UseView::witness, kRequired, "who supervised"),
            wire::field("count", &UseView::count, kRequired, "impressions, excess included"),
            wire::field("cross_page", &UseView::cross_page, kRequired, "cross-page impressions"),
            wire::field("excess", &UseView::excess, kRequired, "those beyond the grant"),
            wire::field("excess_cross_page", &UseView::excess_cross_page, kRequired, "likewise"),
            wire::field("at", &UseView::at, kRequired, "when it was stamped"),
            wire::field("recorded", &UseView::recorded, kRequired, "when that was recorded"),
            wire::field("document", &UseView::document, kRequired, "what was stamped"),
            wire::field("before", &UseView::before, kRequired, "photos, sha256 each"),
            wire::field("after", &UseView::after, kRequired, "photos, sha256 each"),
            wire::field("place", &UseView::place, kRequired, "where"),
            wire::field("exceptions", &UseView::exceptions, kRequired, "what was out of order"),
            wire::field("excess_reason", &UseView::excess_reason, kRequired,
                        "why it went beyond the grant"),
            wire::field("late", &UseView::late, kRequired, "recorded after the seal was back"),
            wire::field("voided", &UseView::voided, kOptional, "when its sheet was voided"),
            wire::field("void_reason", &UseView::void_reason, kRequired, "why"),
            wire::field("voided_by", &UseView::voided_by, kRequired, "by whom")};
    }
};

// What else belongs to the scene of a use.
struct SceneLoan {
    std::string person, returned_by, verdict, return_session;
    Instant taken;
    std::optional<Instant> due, returned;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &SceneLoan::person, kRequired, "who took the seal"),
            wire::field("taken", &SceneLoan::taken, kRequired, "when"),
            wire::field("due", &SceneLoan::due, kOptional, "when it was to be back"),
            wire::field("returned", &SceneLoan::returned, kOptional, "when it was"),
            wire::field("returned_by", &SceneLoan::returned_by, kRequired, "by whom"),
            wire::field("return_session", &SceneLoan::return_session, kRequired, "in which visit"),
            wire::field("verdict", &SceneLoan::verdict, kRequired, "of its tag on return")};
    }
};

struct SceneEntry {
    std::int64_t seq = 0;
    std::string type;
    Instant time;
    std::string person, detail;
    static constexpr auto fields() {
        return std::tuple{wire::field("seq", &SceneEntry::seq, kRequired, "ledger entry"),
                          wire::field("type", &SceneEntry::type, kRequired, "event"),
                          wire::field("time", &SceneEntry::time, kRequired, "when"),
                          wire::field("person", &SceneEntry::person, kRequired, "who"),
                          wire::field("detail", &SceneEntry::detail, kRequired,
                                      "verdict, reading or reason, where it has one")};
    }
};

struct PurgedFile {
    std::string sha256;
    Instant at;
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("sha256", &PurgedFile::sha256, kRequired, "photo or document"),
            wire::field("at", &PurgedFile::at, kRequired, "when its term had passed and it went"),
            wire::field("seq", &PurgedFile::seq, kRequired, "the ledger entry that says so")};
    }
};

struct SceneReply {
    UseView use;
    Value request, seal;  // as GET /v1/requests/{id} and GET /v1/seals/{id} show them
    std::optional<SceneLoan> loan;
    std::vector<SceneEntry> entries;
    std::int64_t size = 0;
    std::vector<PurgedFile> purged{};
    static constexpr auto fields() {
        return std::tuple{
            wire::field("use", &SceneReply::use, kRequired, "the use"),
            wire::field("request", &SceneReply::request, kOptional, "its request"),
            wire::field("seal", &SceneReply::seal, kOptional, "the seal as it is now"),
            wire::field("loan", &SceneReply::loan, kOptional, "the loan it stands on"),
            wire::field("entries", &SceneReply::entries, kRequired,
                        "ledger entries of it, oldest first"),
            wire::field("size", &SceneReply::size, kRequired, "entries in the ledger now"),
            wire::field("purged", &SceneReply::purged, kOptional,
                        "its files that are gone, their term having passed")};
    }
};

// All uses against all lines.
struct CountProofReply {
    bool ok = false;
    std::int64_t seq = 0, requests = 0, lines = 0, granted = 0, used = 0, remaining = 0,
                 cancelled = 0, excess = 0, uses = 0, impressions = 0, mismatches = 0;
    std::vector<std::string> named;
    std::string code;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("ok", &CountProofReply::ok, kRequired, "everything adds up"),
            wire::field("seq", &CountProofReply::seq, kRequired, "ledger entry"),
            wire::field("requests", &CountProofReply::requests, kRequired, "added up"),
            wire::field("lines", &CountProofReply::lines, kRequired, "added up"),
            wire::field("granted", &CountProofReply::granted, kRequired,
                        "impressions of both kinds: used + remaining + cancelled"),
            wire::field("used", &CountProofReply::used, kRequired, "within the grants"),
            wire::field("remaining", &CountProofReply::remaining, kRequired, "still to be used"),
            wire::field("cancelled", &CountProofReply::cancelled, kRequired, "never to be used"),
            wire::field("excess", &CountProofReply::excess, kRequired, "beyond the grants"),
            wire::field("uses", &CountProofReply::uses, kRequired, "recorded"),
            wire::field("impressions", &CountProofReply::impressions, kRequired, "as the uses say"),
            wire::field("mismatches", &CountProofReply::mismatches, kRequired, "lines that differ"),
            wire::field("named", &CountProofReply::named, kRequired,
                        "the first of them, request/line; ledger: the entries themselves"),
            wire::field("code", &CountProofReply::code, kRequired, "ok or no")};
    }
};

// --- requests made at the cabinet ---

struct ExtendCall {
    std::string seal, reason, basis;
    std::int64_t count = 0, cross_page = 0, copies = 0;
    std::optional<Instant> until;
    std::vector<Acting> persons;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seal", &ExtendCall::seal, kRequired, "seal number"),
            wire::field("count", &ExtendCall::count, kOptional, "impressions more"),
            wire::field("cross_page", &ExtendCall::cross_page, kOptional, "cross-page ones more"),
            wire::field("copies", &ExtendCall::copies, kOptional, "copies more"),
            wire::field("reason", &ExtendCall::reason, kRequired, "why more are needed"),
            wire::field("basis", &ExtendCall::basis, kRequired, "who approved it, and where"),
            wire::field("until", &ExtendCall::until, kOptional, "its end; none: as its line's"),
            wire::field("persons", &ExtendCall::persons, kOptional,
                        "two who approve; none where the caller has the role bridge")};
    }
};

struct PaperCall {
    std::string id, seal, basis, title, department;
    std::int64_t count = 0, cross_page = 0, copies = 1;
    std::optional<std::string> applicant;
    std::vector<std::string> users, files;
    std::optional<Instant> until;
    std::vector<Acting> persons;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &PaperCall::id, kRequired, "number of the paper form"),
            wire::field("seal", &PaperCall::seal, kRequired, "seal number"),
            wire::field("count", &PaperCall::count, kRequired, "impressions"),
            wire::field("cross_page", &PaperCall::cross_page, kOptional, "cross-page ones"),
            wire::field("copies", &PaperCall::copies, kOptional, "copies of the document"),
            wire::field("basis", &PaperCall::basis, kRequired, "who signed the paper, and why"),
            wire::field("title", &PaperCall::title, kOptional, "document or subject"),
            wire::field("department", &PaperCall::department, kOptional, "of the applicant"),
            wire::field("applicant", &PaperCall::applicant, kOptional,
                        "person; none: only a custodian takes under it"),
            wire::field("users", &PaperCall::users, kOptional, "who may use; none: the applicant"),
            wire::field("files", &PaperCall::files, kOptional, "sha256 of the scans"),
            wire::field("until", &PaperCall::until, kOptional, "its end"),
            wire::field("persons", &PaperCall::persons, kRequired, "the two who put it in")};
    }
};

struct MatchCall {
    std::string external_id;
    std::optional<std::string> source;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("external_id", &MatchCall::external_id, kRequired, "the OA's number"),
            wire::field("source", &MatchCall::source, kOptional,
                        "name of the OA; none: as the request of that number that is here")};
    }
};

struct EmergencyCall {
    std::string seal, reason;
    std::optional<std::string> id;
    std::int64_t count = 1, cross_page = 0;
    std::vector<Acting> persons;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seal", &EmergencyCall::seal, kRequired, "seal number"),
            wire::field("reason", &EmergencyCall::reason, kRequired, "what cannot wait"),
            wire::field("id", &EmergencyCall::id, kOptional, "its number; none: one is made"),
            wire::field("count", &EmergencyCall::count, kOptional, "impressions"),
            wire::field("cross_page", &EmergencyCall::cross_page, kOptional, "cross-page ones"),
            wire::field("persons", &EmergencyCall::persons, kRequired,
                        "who takes and stamps, and who stands for it")};
    }
};

struct MadeReply {
    std::string id;
    std::int64_t seq = 0;
    std::optional<Instant> valid_to, cure_by;
    static constexpr auto fields() {
        return std::tuple{wire::field("id", &MadeReply::id, kRequired, "request id"),
                          wire::field("seq", &MadeReply::seq, kRequired, "ledger entry"),
                          wire::field("valid_to", &MadeReply::valid_to, kOptional, "its end"),
                          wire::field("cure_by", &MadeReply::cure_by, kOptional,
                                      "of an emergency: approved by then, or its seal stays in")};
    }
};

}  // namespace seals::wire
