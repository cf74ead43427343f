// Reconciliations: what is asked, and what a run found.
#pragma once

#include "wire/calls.hpp"

namespace seals::wire {

struct ReconcileCall {
    std::string sha256;
    std::optional<std::string> format, source, map;
    Instant from, to;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("sha256", &ReconcileCall::sha256, kRequired,
                        "of the export sent to files.sock"),
            wire::field("format", &ReconcileCall::format, kOptional, "default: found out",
                        "auto|csv|json|ndjson"),
            wire::field("source", &ReconcileCall::source, kOptional,
                        "name of the OA; default: the map's, or csv"),
            wire::field("map", &ReconcileCall::map, kOptional, "text of a map file, seals.toml(5)"),
            wire::field("from", &ReconcileCall::from, kRequired, "the period's first moment"),
            wire::field("to", &ReconcileCall::to, kRequired, "the period's last moment")};
    }
};

// What one side says of a line.
struct ReconcileSide {
    std::string state, applicant;
    Instant applied_at;
    std::int64_t copies = 0;
    std::optional<std::int64_t> count;
    std::int64_t cross_page = 0;
    std::optional<Instant> due, valid_from, valid_to;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("state", &ReconcileSide::state, kRequired,
                        "in the OA, or accepted or withdrawn in the ledger"),
            wire::field("applicant", &ReconcileSide::applicant, kRequired, "person id"),
            wire::field("applied_at", &ReconcileSide::applied_at, kRequired, "time of application"),
            wire::field("copies", &ReconcileSide::copies, kRequired, "number of copies"),
            wire::field("count", &ReconcileSide::count, kOptional,
                        "impressions; null where the OA names none"),
            wire::field("cross_page", &ReconcileSide::cross_page, kRequired,
                        "cross-page impressions"),
            wire::field("due", &ReconcileSide::due, kOptional, "when a seal taken out is due"),
            wire::field("valid_from", &ReconcileSide::valid_from, kOptional, "start of the window"),
            wire::field("valid_to", &ReconcileSide::valid_to, kOptional, "end of the window")};
    }
};

struct ReconcileExplanation {
    std::string reason, by;
    Instant at;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("reason", &ReconcileExplanation::reason, kRequired, "why it is so"),
            wire::field("by", &ReconcileExplanation::by, kRequired, "who said it"),
            wire::field("at", &ReconcileExplanation::at, kRequired, "when")};
    }
};

struct ReconcileItem {
    std::string external_id, seal, source, klass, state, detail;
    std::vector<std::string> differs;
    std::int64_t export_lines = 0, ledger_lines = 0, loans = 0, uses = 0;
    Instant since;
    std::optional<Instant> out_since;
    std::string request;
    std::optional<ReconcileSide> oa, ledger;
    std::optional<ReconcileExplanation> explanation;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("external_id", &ReconcileItem::external_id, kRequired, "the OA's number"),
            wire::field("seal", &ReconcileItem::seal, kRequired, "seal number"),
            wire::field("source", &ReconcileItem::source, kRequired, "name of the OA, or paper"),
            wire::field("class", &ReconcileItem::klass, kRequired, "what the comparison found",
                        "matched|over_approved|without_request|approved_unused|not_returned|"
                        "content_differs|paper_pending"),
            wire::field("state", &ReconcileItem::state, kRequired,
                        "whether something is left to do", "matched|explained|open"),
            wire::field("detail", &ReconcileItem::detail, kRequired, "why it is in its class"),
            wire::field("differs", &ReconcileItem::differs, kRequired, "fields that differ"),
            wire::field("export_lines", &ReconcileItem::export_lines, kRequired,
                        "1 where the export has it, applied for in the period"),
            wire::field("ledger_lines", &ReconcileItem::ledger_lines, kRequired,
                        "1 where the ledger has it, applied for in the period"),
            wire::field("loans", &ReconcileItem::loans, kRequired, "loans in the period"),
            wire::field("uses", &ReconcileItem::uses, kRequired, "impressions in the period"),
            wire::field("since", &ReconcileItem::since, kRequired, "from when on it is late"),
            wire::field("out_since", &ReconcileItem::out_since, kOptional,
                        "when the seal was taken that is still out"),
            wire::field("request", &ReconcileItem::request, kRequired,
                        "the request's id in the ledger; empty: it knows none"),
            wire::field("oa", &ReconcileItem::oa, kOptional, "null: not in the export"),
            wire::field("ledger", &ReconcileItem::ledger, kOptional, "null: not in the ledger"),
            wire::field("explanation", &ReconcileItem::explanation, kOptional,
                        "while its figures are the same")};
    }
};

struct ReconcileTotals {
    std::int64_t items = 0, export_lines = 0, ledger_lines = 0, loans = 0, uses = 0;
    std::int64_t matched = 0, explained = 0, open = 0, repeated = 0, outside = 0, refused = 0;
    std::map<std::string, std::int64_t> classes;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("items", &ReconcileTotals::items, kRequired, "lines of either side"),
            wire::field("export_lines", &ReconcileTotals::export_lines, kRequired,
                        "lines of the export"),
            wire::field("ledger_lines", &ReconcileTotals::ledger_lines, kRequired,
                        "request lines of the ledger"),
            wire::field("loans", &ReconcileTotals::loans, kRequired,
                        "loans, once for each request that they served"),
            wire::field("uses", &ReconcileTotals::uses, kRequired, "impressions"),
            wire::field("matched", &ReconcileTotals::matched, kRequired, "items that match"),
            wire::field("explained", &ReconcileTotals::explained, kRequired, "items explained"),
            wire::field("open", &ReconcileTotals::open, kRequired, "items that wait"),
            wire::field("repeated", &ReconcileTotals::repeated, kRequired,
                        "export lines that name a line again"),
            wire::field("outside", &ReconcileTotals::outside, kRequired,
                        "export lines applied for outside the period"),
            wire::field("refused", &ReconcileTotals::refused, kRequired,
                        "records of the export with a fault"),
            wire::field("classes", &ReconcileTotals::classes, kRequired, "items per class")};
    }
};

struct ReconcileReply {
    std::string id, source;
    Instant from, to, at;
    std::string by, sha256, items_sha256;
    std::vector<ReconcileItem> items;
    std::optional<std::string> next;
    std::vector<ImportRefused> refused;
    ReconcileTotals totals;
    std::string code;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &ReconcileReply::id, kRequired, "the run's id"),
            wire::field("source", &ReconcileReply::source, kRequired,
                        "of the export; several have blanks between"),
            wire::field("from", &ReconcileReply::from, kRequired, "the period's first moment"),
            wire::field("to", &ReconcileReply::to, kRequired, "the period's last moment"),
            wire::field("at", &ReconcileReply::at, kRequired, "when it was recorded"),
            wire::field("by", &ReconcileReply::by, kRequired, "who ran it"),
            wire::field("sha256", &ReconcileReply::sha256, kRequired, "of the export"),
            wire::field("items_sha256", &ReconcileReply::items_sha256, kRequired,
                        "of the items, as they are kept"),
            wire::field("items", &ReconcileReply::items, kRequired, "a page of them"),
            wire::field("next", &ReconcileReply::next, kOptional, "cursor of the next page"),
            wire::field("refused", &ReconcileReply::refused, kRequired,
                        "records of the export with a fault; the first 1000"),
            wire::field("totals", &ReconcileReply::totals, kRequired, "as they were proved"),
            wire::field("code", &ReconcileReply::code, kRequired,
                        "ok, or no when the run left something open or refused")};
    }
};

struct ReconciliationView {
    std::string id, source;
    Instant from, to, at;
    std::string by, sha256;
    ReconcileTotals totals;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &ReconciliationView::id, kRequired, "the run's id"),
            wire::field("source", &ReconciliationView::source, kRequired, "of the export"),
            wire::field("from", &ReconciliationView::from, kRequired, "the period's first moment"),
            wire::field("to", &ReconciliationView::to, kRequired, "the period's last moment"),
            wire::field("at", &ReconciliationView::at, kRequired, "when it was recorded"),
            wire::field("by", &ReconciliationView::by, kRequired, "who ran it"),
            wire::field("sha256", &ReconciliationView::sha256, kRequired, "of the export"),
            wire::field("totals", &ReconciliationView::totals, kRequired, "as they were proved")};
    }
};

struct LineExplainCall {
    std::string external_id, seal, reason;
    std::optional<std::string> source;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("external_id", &LineExplainCall::external_id, kRequired, "the OA's number"),
            wire::field("seal", &LineExplainCall::seal, kRequired, "seal number"),
            wire::field("reason", &LineExplainCall::reason, kRequired, "why it is so"),
            wire::field("source", &LineExplainCall::source, kOptional,
                        "where two sources have that number")};
    }
};

}  // namespace seals::wire
