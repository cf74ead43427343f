// Proofs and raw leaves for those who verify without us. Each function blocks and is a question for
// the questions thread. Errors: not_found (no such entry or checkpoint), invalid (sizes that do not
// fit), and as the reader's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/reader.hpp"

namespace seals::engine {

// A checkpoint that is kept, with what others said of it.
struct CheckpointView {
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};
    Instant at;
    std::string note;  // cosignatures among its signatures
    struct Cosignature {
        std::string name, line;
        Instant at;  // that the witness says
    };
    std::vector<Cosignature> cosignatures;
    std::vector<ledger::Received> timestamps;
};

// size 0: the newest.
Result<CheckpointView> checkpoint_view(ledger::Reader& reader, std::uint64_t size);

struct ProofFile {
    std::uint64_t seq = 0, size = 0;
    Bytes leaf;        // of an inclusion proof
    std::string text;  // as facts of the format have it
};
Result<ProofFile> inclusion_file(ledger::Reader& reader, std::uint64_t seq, std::uint64_t size);
Result<ProofFile> consistency_file(ledger::Reader& reader, std::uint64_t old_size,
                                   std::uint64_t size);

// Raw leaves in order, each with the hashes of its inclusion proof.
struct LeafQuery {
    std::uint64_t after = 0;
    std::size_t limit = 100;
    std::string seal, session, request;  // empty: any
    std::vector<std::string> types;      // empty: any
    std::optional<Instant> from, to;     // of the entry's time
    std::uint64_t size = 0;              // of the checkpoint; 0: the newest
    bool proofs = true;
};
struct LeafItem {
    std::uint64_t seq = 0;
    Bytes leaf;
    std::vector<Hash> hashes;
};
struct LeafPage {
    std::vector<LeafItem> items;
    std::optional<std::uint64_t> next;  // `after` of the next page, when there may be more
    std::uint64_t size = 0;
};
Result<LeafPage> leaf_page(ledger::Reader& reader, const LeafQuery& query);

}  // namespace seals::engine
