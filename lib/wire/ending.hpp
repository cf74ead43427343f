// How requests ended, and what becomes of telling it to where they came from.
#pragma once

#include "wire/calls.hpp"
#include "wire/views.hpp"

namespace seals::wire {

struct OutboxItem {
    std::string request, source, external_id;
    EndingView ending;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("request", &OutboxItem::request, kRequired, "request id"),
            wire::field("source", &OutboxItem::source, kRequired, "who is to be told"),
            wire::field("external_id", &OutboxItem::external_id, kRequired, "its number there"),
            wire::field("ending", &OutboxItem::ending, kRequired, "how it ended, what was tried")};
    }
};

// --- the result: what a source is told; for one revision always the same bytes ---

struct ResultLine {
    std::int64_t line = 1;
    std::string seal;
    std::optional<std::int64_t> parent;
    std::int64_t granted = 0, used = 0, cancelled = 0, excess = 0;
    std::int64_t granted_cross_page = 0, used_cross_page = 0, cancelled_cross_page = 0,
                 excess_cross_page = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("line", &ResultLine::line, kRequired, "number of the line"),
            wire::field("seal", &ResultLine::seal, kRequired, "seal number"),
            wire::field("parent", &ResultLine::parent, kOptional, "line that this one adds to"),
            wire::field("granted", &ResultLine::granted, kRequired, "impressions approved"),
            wire::field("used", &ResultLine::used, kRequired, "of those, made"),
            wire::field("cancelled", &ResultLine::cancelled, kRequired,
                        "of those, never to be made"),
            wire::field("excess", &ResultLine::excess, kRequired, "made beyond those"),
            wire::field("granted_cross_page", &ResultLine::granted_cross_page, kRequired,
                        "the same of cross-page impressions"),
            wire::field("used_cross_page", &ResultLine::used_cross_page, kRequired, "likewise"),
            wire::field("cancelled_cross_page", &ResultLine::cancelled_cross_page, kRequired,
                        "likewise"),
            wire::field("excess_cross_page", &ResultLine::excess_cross_page, kRequired,
                        "likewise")};
    }
};

struct ResultUse {
    std::string id;
    std::int64_t line = 1;
    std::string seal;
    Instant at;
    std::string by, witness, place;
    std::int64_t count = 0, cross_page = 0, excess = 0, excess_cross_page = 0;
    std::vector<std::string> photos;
    std::string file, exceptions;
    bool late = false;
    std::optional<Instant> voided;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &ResultUse::id, kRequired, "number in the register"),
            wire::field("line", &ResultUse::line, kRequired, "under which line"),
            wire::field("seal", &ResultUse::seal, kRequired, "seal number"),
            wire::field("at", &ResultUse::at, kRequired, "when it was stamped"),
            wire::field("by", &ResultUse::by, kRequired, "person who stamped"),
            wire::field("witness", &ResultUse::witness, kRequired,
                        "person who supervised; empty: none"),
            wire::field("place", &ResultUse::place, kRequired, "where"),
            wire::field("count", &ResultUse::count, kRequired, "impressions made"),
            wire::field("cross_page", &ResultUse::cross_page, kRequired, "cross-page impressions"),
            wire::field("excess", &ResultUse::excess, kRequired, "of those, beyond the grant"),
            wire::field("excess_cross_page", &ResultUse::excess_cross_page, kRequired, "likewise"),
            wire::field("photos", &ResultUse::photos, kRequired, "sha256 of each"),
            wire::field("file", &ResultUse::file, kRequired, "sha256 of the document; empty: none"),
            wire::field("exceptions", &ResultUse::exceptions, kRequired,
                        "as recorded; empty: none"),
            wire::field("late", &ResultUse::late, kRequired, "recorded after the return"),
            wire::field("voided", &ResultUse::voided, kOptional, "when the sheet was voided")};
    }
};

struct OaNumber {
    std::string source, external_id;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("source", &OaNumber::source, kRequired, "name of the OA"),
            wire::field("external_id", &OaNumber::external_id, kRequired, "its number there")};
    }
};

// What the ledger was when this was recorded: who keeps it can later prove that nothing before was
// changed.
struct LedgerHead {
    std::int64_t size = 0;
    std::string root;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("size", &LedgerHead::size, kRequired, "entries, the one of this end last"),
            wire::field("root", &LedgerHead::root, kRequired, "root hash, base64")};
    }
};

struct ResultView {
    std::string origin;
    bool simulated = false;
    std::string request, source, external_id;
    std::optional<OaNumber> matched;
    std::int64_t revision = 1;
    std::string idempotency_key, outcome;
    Instant ended;
    bool early = false;
    std::string reason;
    std::vector<ResultLine> lines;
    std::vector<ResultUse> uses;
    std::int64_t uses_left_out = 0, exceptions = 0;
    LedgerHead ledger;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("origin", &ResultView::origin, kRequired, "name of the ledger"),
            wire::field("simulated", &ResultView::simulated, kRequired, "no real cabinet"),
            wire::field("request", &ResultView::request, kRequired, "request id here"),
            wire::field("source", &ResultView::source, kRequired, "where it came from"),
            wire::field("external_id", &ResultView::external_id, kRequired, "its number there"),
            wire::field("matched", &ResultView::matched, kOptional,
                        "the OA's number of a paper or emergency request"),
            wire::field("revision", &ResultView::revision, kRequired, "of its end"),
            wire::field("idempotency_key", &ResultView::idempotency_key, kRequired,
                        "origin:request:revision; constant"),
            wire::field("outcome", &ResultView::outcome, kRequired, "how it ended",
                        "fulfilled|part_fulfilled|unused|withdrawn"),
            wire::field("ended", &ResultView::ended, kRequired, "when that was recorded"),
            wire::field("early", &ResultView::early, kRequired, "a custodian ended it"),
            wire::field("reason", &ResultView::reason, kRequired, "why so; else empty"),
            wire::field("lines", &ResultView::lines, kRequired, "counts of each line"),
            wire::field("uses", &ResultView::uses, kRequired, "the newest 1000, oldest first"),
            wire::field("uses_left_out", &ResultView::uses_left_out, kRequired, "older ones"),
            wire::field("exceptions", &ResultView::exceptions, kRequired,
                        "uses with exceptions, an excess, or voided"),
            wire::field("ledger", &ResultView::ledger, kRequired, "the ledger at that entry")};
    }
};

// --- what the outbox and persons say of it ---

struct ReportedCall {
    std::int64_t revision = 0, attempts = 0;
    std::string receipt;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("revision", &ReportedCall::revision, kRequired, "that was taken"),
            wire::field("receipt", &ReportedCall::receipt, kRequired, "sha256 of the answer"),
            wire::field("attempts", &ReportedCall::attempts, kRequired, "this one included")};
    }
};

struct ReportFailedCall {
    std::int64_t revision = 0, attempts = 0;
    std::string reason;
    bool dead = false;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("revision", &ReportFailedCall::revision, kRequired, "that was not taken"),
            wire::field("attempts", &ReportFailedCall::attempts, kRequired, "so far"),
            wire::field("reason", &ReportFailedCall::reason, kRequired, "what the last one said"),
            wire::field("dead", &ReportFailedCall::dead, kOptional, "it is given up")};
    }
};

struct ReportAgainCall {
    std::optional<std::string> reason;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("reason", &ReportAgainCall::reason, kOptional, "what was mended")};
    }
};

struct WaiveCall {
    std::string reason;
    Acting by;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("reason", &WaiveCall::reason, kRequired, "why it need not be told"),
            wire::field("by", &WaiveCall::by, kRequired, "who says so")};
    }
};

}  // namespace seals::wire
