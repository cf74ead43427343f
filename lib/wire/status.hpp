// GET /v1/status: the health of every part.
#pragma once

#include "wire/schema.hpp"

namespace seals::wire {

struct PartStatus {
    std::string part, state, detail, remedy;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("part", &PartStatus::part, kRequired,
                        "ledger, clock, locks, readers, search, disk or seals"),
            wire::field("state", &PartStatus::state, kRequired, "how it is", "ok|warning|fault"),
            wire::field("detail", &PartStatus::detail, kRequired, "what was seen"),
            wire::field("remedy", &PartStatus::remedy, kRequired, "what to do; empty when ok")};
    }
};

struct StatusCounts {
    std::int64_t persons = 0, seals = 0, in_slot = 0, out = 0, unverified = 0, quarantined = 0,
                 unknown = 0, sessions = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("persons", &StatusCounts::persons, kRequired, "persons known"),
            wire::field("seals", &StatusCounts::seals, kRequired, "seals known"),
            wire::field("in_slot", &StatusCounts::in_slot, kRequired, "seals in their slots"),
            wire::field("out", &StatusCounts::out, kRequired, "seals on loan"),
            wire::field("unverified", &StatusCounts::unverified, kRequired,
                        "returned, not verified"),
            wire::field("quarantined", &StatusCounts::quarantined, kRequired,
                        "seals in quarantine"),
            wire::field("unknown", &StatusCounts::unknown, kRequired,
                        "seals whose place is unknown"),
            wire::field("sessions", &StatusCounts::sessions, kRequired, "visits going on")};
    }
};

struct StatusReply {
    std::string version, origin;
    bool simulated = false;
    Instant now;
    std::int64_t uptime_ms = 0, ledger_size = 0, indexed = 0, slots = 0;
    StatusCounts counts;
    std::vector<PartStatus> parts;
    std::string code;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("version", &StatusReply::version, kRequired, "of sealsd"),
            wire::field("origin", &StatusReply::origin, kRequired, "name of the ledger"),
            wire::field("simulated", &StatusReply::simulated, kRequired, "no real cabinet"),
            wire::field("now", &StatusReply::now, kRequired, "the time decisions are made at"),
            wire::field("uptime_ms", &StatusReply::uptime_ms, kRequired, "since sealsd started"),
            wire::field("ledger_size", &StatusReply::ledger_size, kRequired, "entries"),
            wire::field("indexed", &StatusReply::indexed, kRequired, "entries in the search index"),
            wire::field("slots", &StatusReply::slots, kRequired, "slots of the cabinet"),
            wire::field("counts", &StatusReply::counts, kRequired, "persons and seals"),
            wire::field("parts", &StatusReply::parts, kRequired, "health of each part"),
            wire::field("code", &StatusReply::code, kRequired, "no when a part is at fault")};
    }
};

}  // namespace seals::wire
