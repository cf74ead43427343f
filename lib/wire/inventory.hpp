// POST /v1/inventories and what it answers; the history of counts.
#pragma once

#include "wire/calls.hpp"

namespace seals::wire {

struct BlindRow {
    std::string slot, seal;
    std::int64_t line = 0;
    static constexpr auto fields() {
        return std::tuple{wire::field("slot", &BlindRow::slot, kRequired, "slot"),
                          wire::field("seal", &BlindRow::seal, kRequired,
                                      "the seal that was seen there; empty: none"),
                          wire::field("line", &BlindRow::line, kOptional,
                                      "of the counter's file, for errors to name")};
    }
};

struct InventoryCall {
    std::optional<std::string> person;
    std::vector<Factor> factors;
    std::optional<std::vector<BlindRow>> blind;
    bool since_last = false;
    std::optional<std::string> recount;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &InventoryCall::person, kOptional,
                        "who counts; none: the machine by itself"),
            wire::field("factors", &InventoryCall::factors, kOptional, "what shows who that is"),
            wire::field("blind", &InventoryCall::blind, kOptional,
                        "what that person found by eye, a row for each slot"),
            wire::field("since_last", &InventoryCall::since_last, kOptional,
                        "only slots that changed since they were last counted"),
            wire::field("recount", &InventoryCall::recount, kOptional,
                        "the blind inventory that this one repeats")};
    }
};

struct InventoryItem {
    std::string slot;
    std::optional<std::string> seal;
    std::string entity, verdict;
    bool busy = false;
    std::optional<std::string> entered, result;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("slot", &InventoryItem::slot, kRequired, "slot"),
            wire::field("seal", &InventoryItem::seal, kOptional,
                        "the seal that lives there, or null"),
            wire::field("entity", &InventoryItem::entity, kRequired, "whose seal that is"),
            wire::field("verdict", &InventoryItem::verdict, kRequired, "what was found"),
            wire::field("busy", &InventoryItem::busy, kRequired,
                        "the slot was in use: the verdict is what was known"),
            wire::field("entered", &InventoryItem::entered, kOptional,
                        "blind: the seal that the person saw, empty: none; or null"),
            wire::field("result", &InventoryItem::result, kOptional,
                        "blind: the entry beside the reading, or null",
                        "agrees|differs|not_counted|unproved")};
    }
};

// A line of the stream: one slot as it is read.
struct InventoryStep {
    std::string slot;
    std::optional<std::string> seal;
    std::string entity, verdict;
    std::int64_t read = 0, slots = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("slot", &InventoryStep::slot, kRequired, "slot"),
            wire::field("seal", &InventoryStep::seal, kOptional,
                        "the seal that lives there, or null"),
            wire::field("entity", &InventoryStep::entity, kRequired, "whose seal that is"),
            wire::field("verdict", &InventoryStep::verdict, kRequired, "what was found"),
            wire::field("read", &InventoryStep::read, kRequired, "slots read so far"),
            wire::field("slots", &InventoryStep::slots, kRequired, "slots to read")};
    }
};

// What a list says of an inventory, and every inventory.
struct InventoryHead {
    std::string id, node;
    Instant time;
    std::optional<std::string> person;
    bool blind = false, since_last = false;
    std::optional<std::string> recount_of;
    std::vector<std::string> recounts;
    std::int64_t slots = 0;
    std::map<std::string, std::int64_t> summary;
    std::int64_t discrepancies = 0, mismatches = 0, duration_ms = 0, reading_ms = 0,
                 slot_max_ms = 0;
    std::string code;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &InventoryHead::id, kRequired, "inventory id"),
            wire::field("node", &InventoryHead::node, kRequired, "origin of the ledger"),
            wire::field("time", &InventoryHead::time, kRequired, "when it was recorded"),
            wire::field("person", &InventoryHead::person, kOptional, "who counted, or null"),
            wire::field("blind", &InventoryHead::blind, kRequired, "with a person's own entry"),
            wire::field("since_last", &InventoryHead::since_last, kRequired,
                        "only of what had changed"),
            wire::field("recount_of", &InventoryHead::recount_of, kOptional,
                        "the inventory that it repeats, or null"),
            wire::field("recounts", &InventoryHead::recounts, kRequired, "that repeat it"),
            wire::field("slots", &InventoryHead::slots, kRequired, "slots counted"),
            wire::field("summary", &InventoryHead::summary, kRequired, "how many of each verdict"),
            wire::field("discrepancies", &InventoryHead::discrepancies, kRequired,
                        "slots that were not as they should be"),
            wire::field("mismatches", &InventoryHead::mismatches, kRequired,
                        "blind: entries that differ or are lacking"),
            wire::field("duration_ms", &InventoryHead::duration_ms, kRequired, "how long it took"),
            wire::field("reading_ms", &InventoryHead::reading_ms, kRequired,
                        "at the readers, all slots together"),
            wire::field("slot_max_ms", &InventoryHead::slot_max_ms, kRequired,
                        "how long the slowest slot took"),
            wire::field("code", &InventoryHead::code, kRequired,
                        "no on any discrepancy or mismatch")};
    }
};

struct InventoryReply : InventoryHead {
    std::vector<InventoryItem> items;
    std::optional<std::int64_t> seq;
    static constexpr auto fields() {
        return std::tuple_cat(
            InventoryHead::fields(),
            std::tuple{wire::field("items", &InventoryReply::items, kRequired, "one per slot"),
                       wire::field("seq", &InventoryReply::seq, kOptional,
                                   "ledger entry, in the answer to POST")});
    }
};

struct BaselineCall {
    std::vector<Acting> witnesses;
    static constexpr auto fields() {
        return std::tuple{wire::field("witnesses", &BaselineCall::witnesses, kRequired,
                                      "two who saw it made, not who counted")};
    }
};

struct BaselineReply {
    std::string inventory;
    std::vector<std::string> seals, witnesses;
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("inventory", &BaselineReply::inventory, kRequired, "the count it rests on"),
            wire::field("seals", &BaselineReply::seals, kRequired, "that lay in their slots"),
            wire::field("witnesses", &BaselineReply::witnesses, kRequired, "who saw it made"),
            wire::field("seq", &BaselineReply::seq, kRequired, "ledger entry")};
    }
};

}  // namespace seals::wire
