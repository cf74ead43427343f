// GET /v1/status: the health of every part, and what needs a person.
#pragma once

#include "wire/schema.hpp"

namespace seals::wire {

struct PartStatus {
    std::string part, state, detail, remedy;
    std::optional<Instant> since;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("part", &PartStatus::part, kRequired,
                        "ledger, clock, locks, readers, search, disk, seals, inventory or outbox"),
            wire::field("state", &PartStatus::state, kRequired, "how it is", "ok|warning|fault"),
            wire::field("detail", &PartStatus::detail, kRequired, "what was seen"),
            wire::field("remedy", &PartStatus::remedy, kRequired, "what to do; empty when ok"),
            wire::field("since", &PartStatus::since, kOptional,
                        "when it began, as far as this sealsd saw it; null when ok")};
    }
};

struct Attention {
    std::string kind, detail, remedy;
    std::optional<std::string> seal, slot, person;
    std::optional<Instant> since;
    static constexpr auto fields() {
        return std::tuple{
            wire::field(
                "kind", &Attention::kind, kRequired,
                "overdue, recalled, lost, unknown, quarantined, unverified, frozen, left_open, "
                "handover, override, report or alerts"),
            wire::field("detail", &Attention::detail, kRequired, "what is wrong"),
            wire::field("remedy", &Attention::remedy, kRequired, "what to do"),
            wire::field("seal", &Attention::seal, kOptional, "of which seal, or null"),
            wire::field("slot", &Attention::slot, kOptional, "of which slot, or null"),
            wire::field("person", &Attention::person, kOptional, "who holds it, or null"),
            wire::field("since", &Attention::since, kOptional, "since when, or null")};
    }
};

struct StatusCounts {
    std::int64_t persons = 0, seals = 0, in_slot = 0, out = 0, overdue = 0, unverified = 0,
                 quarantined = 0, unknown = 0, frozen = 0, sessions = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("persons", &StatusCounts::persons, kRequired, "persons known"),
            wire::field("seals", &StatusCounts::seals, kRequired, "seals known"),
            wire::field("in_slot", &StatusCounts::in_slot, kRequired, "seals in their slots"),
            wire::field("out", &StatusCounts::out, kRequired, "seals on loan"),
            wire::field("overdue", &StatusCounts::overdue, kRequired,
                        "of those, beyond their time"),
            wire::field("unverified", &StatusCounts::unverified, kRequired,
                        "returned, not verified"),
            wire::field("quarantined", &StatusCounts::quarantined, kRequired,
                        "seals in quarantine"),
            wire::field("unknown", &StatusCounts::unknown, kRequired,
                        "seals whose place is unknown"),
            wire::field("frozen", &StatusCounts::frozen, kRequired,
                        "slots that wait to be read again"),
            wire::field("sessions", &StatusCounts::sessions, kRequired, "visits going on")};
    }
};

// The last inventory, and when the next ones are due.
struct StatusInventory {
    std::optional<std::string> last;
    std::optional<Instant> time, due, full_due;
    std::int64_t discrepancies = 0, mismatches = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("last", &StatusInventory::last, kOptional, "its id, or null: none yet"),
            wire::field("time", &StatusInventory::time, kOptional, "when that was, or null"),
            wire::field("discrepancies", &StatusInventory::discrepancies, kRequired,
                        "that it found"),
            wire::field("mismatches", &StatusInventory::mismatches, kRequired, "likewise"),
            wire::field("due", &StatusInventory::due, kOptional,
                        "when the next is due, or null: none is expected"),
            wire::field("full_due", &StatusInventory::full_due, kOptional,
                        "the same of one of all slots")};
    }
};

struct StatusReply {
    std::string version, origin;
    bool simulated = false;
    Instant now;
    std::int64_t uptime_ms = 0, ledger_size = 0, indexed = 0, slots = 0;
    StatusCounts counts;
    StatusInventory inventory;
    std::vector<PartStatus> parts;
    std::vector<Attention> attention;
    std::int64_t attention_count = 0;
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
            wire::field("inventory", &StatusReply::inventory, kRequired, "the last, and the next"),
            wire::field("parts", &StatusReply::parts, kRequired, "health of each part"),
            wire::field("attention", &StatusReply::attention, kRequired,
                        "what needs a person, the longest first, 100 at most"),
            wire::field("attention_count", &StatusReply::attention_count, kRequired,
                        "how many there are"),
            wire::field("code", &StatusReply::code, kRequired,
                        "no when something needs attention")};
    }
};

}  // namespace seals::wire
