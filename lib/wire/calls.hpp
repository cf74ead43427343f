// Bodies and replies of the API's calls.
#pragma once

#include "wire/schema.hpp"

namespace seals::wire {

struct Factor {
    std::string kind, value;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("kind", &Factor::kind, kRequired, "kind of factor", "pin"),
            wire::field("value", &Factor::value, kRequired, "what was given; never kept")};
    }
};

// A person who takes part in an act: who decides, who witnesses, who is the second.
struct Acting {
    std::string person;
    std::vector<Factor> factors;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &Acting::person, kRequired, "the person's number in the firm"),
            wire::field("factors", &Acting::factors, kOptional, "what shows who that is")};
    }
};

struct TakeCall {
    std::vector<std::string> requests;
    std::string person;
    std::vector<Factor> factors;
    std::optional<Acting> second;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("requests", &TakeCall::requests, kOptional,
                        "the approved requests it is for"),
            wire::field("person", &TakeCall::person, kRequired, "who takes the seal"),
            wire::field("factors", &TakeCall::factors, kOptional, "what shows who that is"),
            wire::field("second", &TakeCall::second, kOptional,
                        "where the policy wants two persons: the second")};
    }
};

struct ReturnCall {
    std::string person;
    std::vector<Factor> factors;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &ReturnCall::person, kRequired, "who returns the seal"),
            wire::field("factors", &ReturnCall::factors, kOptional, "what shows who that is")};
    }
};

struct VisitReply {
    std::string session, seal, slot;
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("session", &VisitReply::session, kRequired,
                        "follow it at /v1/sessions/{id}"),
            wire::field("seal", &VisitReply::seal, kRequired, "seal number"),
            wire::field("slot", &VisitReply::slot, kRequired, "the slot that was unlocked"),
            wire::field("seq", &VisitReply::seq, kRequired,
                        "ledger entry of the session's opening")};
    }
};

// A first or forgotten PIN needs a custodian's factor beside an administrator's role.
struct PinCall {
    std::string pin;
    std::optional<std::string> old_pin, custodian, custodian_pin;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("pin", &PinCall::pin, kRequired, "the new PIN, 4 to 64 characters"),
            wire::field("old_pin", &PinCall::old_pin, kOptional, "the PIN in force"),
            wire::field("custodian", &PinCall::custodian, kOptional,
                        "for a first or forgotten PIN: the custodian who vouches"),
            wire::field("custodian_pin", &PinCall::custodian_pin, kOptional,
                        "that custodian's PIN")};
    }
};

struct ClockCall {
    std::string person, second;
    std::vector<Factor> factors, second_factors;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &ClockCall::person, kRequired, "who looked at the clock"),
            wire::field("second", &ClockCall::second, kRequired, "another person who did"),
            wire::field("factors", &ClockCall::factors, kRequired, "the first person's factors"),
            wire::field("second_factors", &ClockCall::second_factors, kRequired, "the second's")};
    }
};

struct SimCall {
    std::vector<std::string> args;
    static constexpr auto fields() {
        return std::tuple{wire::field("args", &SimCall::args, kOptional, "arguments of the verb")};
    }
};

struct DoneReply {
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seq", &DoneReply::seq, kRequired, "ledger entry; 0: no change")};
    }
};

struct UpsertReply {
    std::string id, outcome;
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &UpsertReply::id, kRequired, "the object's id"),
            wire::field("outcome", &UpsertReply::outcome, kRequired, "what became of it",
                        "accepted|unchanged|withdrawn|left_out"),
            wire::field("seq", &UpsertReply::seq, kRequired, "ledger entry; 0: no change")};
    }
};

struct ImportCall {
    std::string kind, sha256;
    std::optional<std::string> format, source, map;
    bool dry_run = false;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("kind", &ImportCall::kind, kRequired, "what the file holds",
                        "persons|seals|requests"),
            wire::field("sha256", &ImportCall::sha256, kRequired, "of the file sent to files.sock"),
            wire::field("format", &ImportCall::format, kOptional, "default: found out",
                        "auto|csv|json|ndjson"),
            wire::field("source", &ImportCall::source, kOptional, "name of the OA; default csv"),
            wire::field("map", &ImportCall::map, kOptional, "text of a map file, seals.toml(5)"),
            wire::field("dry_run", &ImportCall::dry_run, kOptional,
                        "say what would happen, keep nothing")};
    }
};

struct ImportRefused {
    std::int64_t line = 0, record = 0;
    std::string field, reason;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("line", &ImportRefused::line, kRequired,
                        "physical line the record starts on"),
            wire::field("record", &ImportRefused::record, kRequired, "1-based, header not counted"),
            wire::field("field", &ImportRefused::field, kRequired, "heading or field"),
            wire::field("reason", &ImportRefused::reason, kRequired, "what is wrong with it")};
    }
};

struct ImportConflict {
    std::int64_t line = 0, record = 0;
    std::string external_id, field;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("line", &ImportConflict::line, kRequired,
                        "physical line the record starts on"),
            wire::field("record", &ImportConflict::record, kRequired,
                        "1-based, header not counted"),
            wire::field("external_id", &ImportConflict::external_id, kRequired, "the record's key"),
            wire::field("field", &ImportConflict::field, kRequired,
                        "the first field that differs")};
    }
};

struct ImportReply {
    std::int64_t accepted = 0, unchanged = 0, withdrawn = 0, left_out = 0;
    std::vector<ImportRefused> refused;
    std::vector<ImportConflict> conflicts;
    std::int64_t refused_count = 0, conflict_count = 0;  // also of those the lists have no room for
    bool dry_run = false;
    std::string code;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("accepted", &ImportReply::accepted, kRequired,
                        "distinct keys that went in"),
            wire::field("unchanged", &ImportReply::unchanged, kRequired,
                        "keys that were in already"),
            wire::field("withdrawn", &ImportReply::withdrawn, kRequired, "keys withdrawn for good"),
            wire::field("left_out", &ImportReply::left_out, kRequired, "keys pending or rejected"),
            wire::field("refused", &ImportReply::refused, kRequired, "records with a fault"),
            wire::field("conflicts", &ImportReply::conflicts, kRequired, "keys with other content"),
            wire::field("refused_count", &ImportReply::refused_count, kRequired,
                        "how many records; the list holds the first 1000"),
            wire::field("conflict_count", &ImportReply::conflict_count, kRequired,
                        "how many records; the list holds the first 1000"),
            wire::field("dry_run", &ImportReply::dry_run, kRequired, "nothing was kept"),
            wire::field("code", &ImportReply::code, kRequired,
                        "ok, or no when some did not go in")};
    }
};

struct SearchItem {
    std::int64_t seq = 0;
    Instant time;
    std::string type, seal, request, text;
    std::vector<std::vector<std::int64_t>> highlights;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seq", &SearchItem::seq, kRequired, "ledger entry"),
            wire::field("time", &SearchItem::time, kRequired, "when"),
            wire::field("type", &SearchItem::type, kRequired, "event type"),
            wire::field("seal", &SearchItem::seal, kRequired, "seal, or empty"),
            wire::field("request", &SearchItem::request, kRequired, "request, or empty"),
            wire::field("text", &SearchItem::text, kRequired, "what was searched"),
            wire::field("highlights", &SearchItem::highlights, kRequired,
                        "[start, end) of each hit, in code points")};
    }
};

struct RebuildReply {
    std::int64_t size = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("size", &RebuildReply::size, kRequired, "entries to be taken in")};
    }
};

struct FirstBad {
    std::int64_t seq = 0;
    std::string reason;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seq", &FirstBad::seq, kRequired, "the first entry that is wrong"),
            wire::field("reason", &FirstBad::reason, kRequired, "what is wrong with it")};
    }
};

struct VerifyCall {
    bool files = false;
    static constexpr auto fields() {
        return std::tuple{wire::field("files", &VerifyCall::files, kOptional,
                                      "also read every photo and document that an entry names")};
    }
};

struct BadFile {
    std::string sha256;
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("sha256", &BadFile::sha256, kRequired, "what it should be"),
            wire::field("seq", &BadFile::seq, kRequired, "the newest entry that names it")};
    }
};

struct FilesReply {
    std::int64_t named = 0, purged = 0, missing = 0, altered = 0, strangers = 0;
    std::vector<BadFile> missing_files, altered_files;
    std::vector<std::string> stranger_files;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("named", &FilesReply::named, kRequired, "that entries name, and looked at"),
            wire::field("purged", &FilesReply::purged, kRequired, "that were named and purged"),
            wire::field("missing", &FilesReply::missing, kRequired, "that are not there"),
            wire::field("altered", &FilesReply::altered, kRequired, "that have another hash"),
            wire::field("strangers", &FilesReply::strangers, kRequired,
                        "in the folder, and no entry names them: no fault"),
            wire::field("missing_files", &FilesReply::missing_files, kRequired,
                        "the first hundred that are missing"),
            wire::field("altered_files", &FilesReply::altered_files, kRequired,
                        "the first hundred that are altered"),
            wire::field("stranger_files", &FilesReply::stranger_files, kRequired,
                        "the first hundred strangers, by hash")};
    }
};

struct VerifyReply {
    bool ok = false;
    std::int64_t size = 0;
    std::string root;
    std::optional<FirstBad> first_bad;
    std::string code;
    std::optional<FilesReply> files{};
    static constexpr auto fields() {
        return std::tuple{wire::field("ok", &VerifyReply::ok, kRequired, "everything recomputes"),
                          wire::field("size", &VerifyReply::size, kRequired, "entries checked"),
                          wire::field("root", &VerifyReply::root, kRequired, "Merkle root, base64"),
                          wire::field("first_bad", &VerifyReply::first_bad, kOptional, "or null"),
                          wire::field("code", &VerifyReply::code, kRequired, "ok or corrupt"),
                          wire::field("files", &VerifyReply::files, kOptional,
                                      "of the files, where they were asked for")};
    }
};

}  // namespace seals::wire
