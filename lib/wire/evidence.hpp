// Evidence over the API: checkpoints, proofs, raw leaves, what comes from outside, the device's
// key. Bytes travel as base64.
#pragma once

#include "wire/calls.hpp"

namespace seals::wire {

struct CosignatureView {
    std::string name;
    Instant time;
    std::string line;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("name", &CosignatureView::name, kRequired, "of the witness's key"),
            wire::field("time", &CosignatureView::time, kRequired, "that the witness says"),
            wire::field("line", &CosignatureView::line, kRequired, "the signature line")};
    }
};

struct TimestampView {
    std::string sha256, token;
    Instant received;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("sha256", &TimestampView::sha256, kRequired, "of the token"),
            wire::field("token", &TimestampView::token, kRequired,
                        "RFC 3161 reply as it came, base64"),
            wire::field("received", &TimestampView::received, kRequired, "when it came here")};
    }
};

struct CheckpointReply {
    std::string origin;
    std::int64_t size = 0;
    std::string root;
    Instant time;
    std::string note, key;
    std::vector<CosignatureView> cosignatures;
    std::vector<TimestampView> timestamps;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("origin", &CheckpointReply::origin, kRequired, "whose ledger"),
            wire::field("size", &CheckpointReply::size, kRequired, "entries it is over"),
            wire::field("root", &CheckpointReply::root, kRequired, "of their tree, base64"),
            wire::field("time", &CheckpointReply::time, kRequired, "of its signing, by our clock"),
            wire::field("note", &CheckpointReply::note, kRequired,
                        "the signed note, with its cosignatures"),
            wire::field("key", &CheckpointReply::key, kRequired,
                        "the device's public key now, NAME+HASH+BASE64; empty: it has none"),
            wire::field("cosignatures", &CheckpointReply::cosignatures, kRequired, "of witnesses"),
            wire::field("timestamps", &CheckpointReply::timestamps, kRequired,
                        "of time-stamping authorities")};
    }
};

struct ProofReply {
    std::optional<std::int64_t> seq, old;
    std::int64_t size = 0;
    std::string leaf, proof;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seq", &ProofReply::seq, kOptional, "inclusion: the entry"),
            wire::field("old", &ProofReply::old, kOptional, "consistency: the older size"),
            wire::field("size", &ProofReply::size, kRequired, "of the checkpoint"),
            wire::field("leaf", &ProofReply::leaf, kRequired,
                        "inclusion: the entry's bytes, base64; else empty"),
            wire::field("proof", &ProofReply::proof, kRequired,
                        "the proof's file: c2sp.org/tlog-proof@v1, or an add-checkpoint body")};
    }
};

struct LeafView {
    std::int64_t seq = 0;
    std::string leaf;
    std::vector<std::string> hashes;
    static constexpr auto fields() {
        return std::tuple{wire::field("seq", &LeafView::seq, kRequired, "number of the entry"),
                          wire::field("leaf", &LeafView::leaf, kRequired, "its bytes, base64"),
                          wire::field("hashes", &LeafView::hashes, kRequired,
                                      "inclusion proof in the tree of `size`, base64 each")};
    }
};

struct LeafList {
    std::vector<LeafView> items;
    std::optional<std::string> next;
    std::int64_t size = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("items", &LeafList::items, kRequired, "in order of seq"),
            wire::field("next", &LeafList::next, kRequired, "`after` of the next page, or null"),
            wire::field("size", &LeafList::size, kRequired,
                        "of the checkpoint that the proofs lead to")};
    }
};

struct CosignatureCall {
    std::int64_t size = 0;
    std::string cosignature;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("size", &CosignatureCall::size, kRequired, "of the checkpoint"),
            wire::field("cosignature", &CosignatureCall::cosignature, kRequired,
                        "one signature line of a witness: — NAME BASE64")};
    }
};

struct TimestampCall {
    std::int64_t size = 0;
    std::string token;
    static constexpr auto fields() {
        return std::tuple{wire::field("size", &TimestampCall::size, kRequired, "of the checkpoint"),
                          wire::field("token", &TimestampCall::token, kRequired,
                                      "RFC 3161 reply, DER in base64")};
    }
};

struct RotateKeyCall {
    Acting first, second;
    std::string basis;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("first", &RotateKeyCall::first, kRequired, "who has it rotated"),
            wire::field("second", &RotateKeyCall::second, kRequired,
                        "another, of another department"),
            wire::field("basis", &RotateKeyCall::basis, kRequired, "why")};
    }
};

struct KeyReply {
    std::string key;
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("key", &KeyReply::key, kRequired, "the public key from now on"),
            wire::field("seq", &KeyReply::seq, kRequired, "ledger entry")};
    }
};

struct ExportCall {
    std::string kind, id;
    std::optional<Instant> from, to;
    bool names = false;
    std::optional<std::string> basis;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("kind", &ExportCall::kind, kRequired, "what it is of",
                        "request|session|seal"),
            wire::field("id", &ExportCall::id, kRequired, "which"),
            wire::field("from", &ExportCall::from, kOptional, "of a seal: no entry before"),
            wire::field("to", &ExportCall::to, kOptional, "of a seal: no entry after"),
            wire::field("names", &ExportCall::names, kOptional,
                        "names of persons in clear, with what opens them"),
            wire::field("basis", &ExportCall::basis, kOptional, "who asked for it, and why")};
    }
};

// The stream of an export: a head, leaves in order, files in pieces, an end with the code.
struct ExportHead {
    std::int64_t seq = 0, size = 0, leaves = 0, files = 0;
    CheckpointReply checkpoint;
    bool simulated = false;
    std::string version;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seq", &ExportHead::seq, kRequired, "entry that records the export"),
            wire::field("size", &ExportHead::size, kRequired, "of the checkpoint of all proofs"),
            wire::field("leaves", &ExportHead::leaves, kRequired, "that follow"),
            wire::field("files", &ExportHead::files, kRequired, "that follow, or are missing"),
            wire::field("checkpoint", &ExportHead::checkpoint, kRequired, "the checkpoint"),
            wire::field("simulated", &ExportHead::simulated, kRequired, "of a simulated cabinet"),
            wire::field("version", &ExportHead::version, kRequired, "of sealsd")};
    }
};

struct OpeningView {
    std::string field, text;
    std::optional<std::string> salt;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("field", &OpeningView::field, kRequired, "of `c` in the leaf"),
            wire::field("text", &OpeningView::text, kRequired, "what was committed; or masked"),
            wire::field("salt", &OpeningView::salt, kOptional, "16 bytes in hex; none: masked")};
    }
};

struct ExportLine {
    std::optional<LeafView> leaf;
    std::vector<OpeningView> openings;
    std::optional<std::string> file, bytes, missing;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("leaf", &ExportLine::leaf, kOptional, "an entry with its proof"),
            wire::field("openings", &ExportLine::openings, kOptional, "of the entry"),
            wire::field("file", &ExportLine::file, kOptional, "sha256 of a photo or document"),
            wire::field("bytes", &ExportLine::bytes, kOptional, "its next piece, base64"),
            wire::field("missing", &ExportLine::missing, kOptional, "why the file is not there")};
    }
};

}  // namespace seals::wire
