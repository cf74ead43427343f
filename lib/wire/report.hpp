// Reports: the first line of the stream. The rows are told by kind in seals-api(7).
#pragma once

#include "wire/schema.hpp"

namespace seals::wire {

struct ReportLedger {
    std::int64_t size = 0;
    std::string root;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("size", &ReportLedger::size, kRequired, "entries that it was made from"),
            wire::field("root", &ReportLedger::root, kRequired, "of their tree, base64")};
    }
};

struct ReportHead {
    std::string kind;
    Instant from, to;
    std::optional<std::string> seal, entity;
    std::int64_t rows = 0;
    std::string origin;
    bool simulated = false;
    ReportLedger ledger;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("kind", &ReportHead::kind, kRequired, "which report"),
            wire::field("from", &ReportHead::from, kRequired, "the period's first moment"),
            wire::field("to", &ReportHead::to, kRequired, "the period's last moment"),
            wire::field("seal", &ReportHead::seal, kOptional, "only that seal"),
            wire::field("entity", &ReportHead::entity, kOptional, "only seals of that entity"),
            wire::field("rows", &ReportHead::rows, kRequired, "lines that follow before the end"),
            wire::field("origin", &ReportHead::origin, kRequired, "of the ledger"),
            wire::field("simulated", &ReportHead::simulated, kRequired,
                        "whether it proves nothing"),
            wire::field("ledger", &ReportHead::ledger, kRequired, "state that it was made from")};
    }
};

}  // namespace seals::wire
