// Bodies of what is kept and for how long: legal holds, purge, erasure.
#pragma once

#include "wire/calls.hpp"

namespace seals::wire {

struct LegalHoldCall {
    std::string basis;
    static constexpr auto fields() {
        return std::tuple{wire::field("basis", &LegalHoldCall::basis, kRequired,
                                      "on what grounds: case, order, letter")};
    }
};

struct LegalHoldView {
    std::string request, basis, by;
    std::int64_t seq = 0;
    Instant since;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("request", &LegalHoldView::request, kRequired, "what is held"),
            wire::field("basis", &LegalHoldView::basis, kRequired, "on what grounds"),
            wire::field("by", &LegalHoldView::by, kRequired, "who set it"),
            wire::field("seq", &LegalHoldView::seq, kRequired, "its ledger entry"),
            wire::field("since", &LegalHoldView::since, kRequired, "since when")};
    }
};

struct PurgeCall {
    bool dry_run = false;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("dry_run", &PurgeCall::dry_run, kOptional, "only say what would go")};
    }
};

struct PurgeClass {
    std::string name, term;
    std::int64_t kept = 0, due = 0, held = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("name", &PurgeClass::name, kRequired, "scene, documents, finance or lists"),
            wire::field("term", &PurgeClass::term, kRequired, "permanent, or days or years"),
            wire::field("kept", &PurgeClass::kept, kRequired, "files within their term"),
            wire::field("due", &PurgeClass::due, kRequired, "past it when it was looked"),
            wire::field("held", &PurgeClass::held, kRequired, "past it, and under legal hold")};
    }
};

struct PurgeReply {
    bool dry_run = false;
    std::int64_t purged = 0, left = 0;
    std::vector<PurgeClass> classes;
    std::vector<std::int64_t> entries;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("dry_run", &PurgeReply::dry_run, kRequired, "nothing was done"),
            wire::field("purged", &PurgeReply::purged, kRequired, "files whose purge is recorded"),
            wire::field("left", &PurgeReply::left, kRequired,
                        "of these, or of earlier ones: could not be taken away yet"),
            wire::field("classes", &PurgeReply::classes, kRequired, "by retention class"),
            wire::field("entries", &PurgeReply::entries, kRequired, "ledger entries that say so")};
    }
};

struct EraseCall {
    std::string basis;
    std::vector<Acting> persons;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("basis", &EraseCall::basis, kRequired, "on what grounds: his request, law"),
            wire::field("persons", &EraseCall::persons, kRequired, "two who do it")};
    }
};

struct EraseReply {
    std::int64_t seq = 0, texts = 0, mentioned = 0;
    std::vector<std::int64_t> mentions;
    bool scrubbed = false;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seq", &EraseReply::seq, kRequired, "ledger entry"),
            wire::field("texts", &EraseReply::texts, kRequired, "of the vault that went"),
            wire::field("mentioned", &EraseReply::mentioned, kRequired,
                        "entries whose other texts (a title, a remark) have the name still"),
            wire::field("mentions", &EraseReply::mentions, kRequired, "the first hundred of them"),
            wire::field("scrubbed", &EraseReply::scrubbed, kRequired,
                        "the ledger's file was written anew; false: that is tried again soon")};
    }
};

}  // namespace seals::wire
