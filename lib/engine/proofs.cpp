#include "engine/proofs.hpp"

#include <algorithm>

#include "leaf/checkpoint.hpp"
#include "leaf/proof.hpp"
#include "leaf/proof_text.hpp"

namespace seals::engine {
namespace {

Error no_checkpoint(std::uint64_t size) {
    return {Code::not_found,
            size == 0 ? "nothing was signed yet"
                      : "no checkpoint of size " + std::to_string(size) + " is kept",
            "`sealctl evidence checkpoint` gives the newest", "size"};
}

leaf::SubtreeAt subtrees_of(ledger::Reader& reader) {
    return [&reader](unsigned level, std::uint64_t index) { return reader.subtree(level, index); };
}

}  // namespace

Result<CheckpointView> checkpoint_view(ledger::Reader& reader, std::uint64_t size) {
    auto snapshot = reader.snapshot();
    auto kept = size == 0 ? reader.newest_checkpoint() : reader.checkpoint(size);
    if (!kept) return kept.error();
    if (!*kept) return no_checkpoint(size);
    auto opened = leaf::read_checkpoint((*kept)->note);
    if (!opened) return Error{Code::corrupt, opened.error().detail};
    CheckpointView view;
    view.origin = opened->checkpoint.origin;
    view.size = opened->checkpoint.size;
    view.root = opened->checkpoint.root;
    view.at = (*kept)->at;
    auto received = reader.received(view.size);
    if (!received) return received.error();
    for (auto& one : *received) {
        if (one.kind == "timestamp") {
            view.timestamps.push_back(std::move(one));
            continue;
        }
        auto line = std::string(as_text(one.body));
        auto signature = leaf::parse_signature(line);
        if (!signature) continue;
        view.cosignatures.push_back({one.name, line, {leaf::cosignature_time(*signature) * 1000}});
        opened->note.signatures.push_back(std::move(*signature));
    }
    view.note = leaf::write_note(opened->note);
    return view;
}

Result<ProofFile> inclusion_file(ledger::Reader& reader, std::uint64_t seq, std::uint64_t size) {
    auto snapshot = reader.snapshot();
    auto view = checkpoint_view(reader, size);
    if (!view) return view.error();
    if (seq == 0 || seq > view->size)
        return Error{Code::not_found,
                     "the checkpoint of size " + std::to_string(view->size) + " has no entry " +
                         std::to_string(seq),
                     {},
                     "seq"};
    auto bytes = reader.leaf(seq);
    if (!bytes) return bytes.error();
    leaf::Hasher hasher;
    auto hashes = leaf::inclusion_proof(hasher, subtrees_of(reader), seq - 1, view->size);
    if (!hashes) return hashes.error();
    return ProofFile{seq, view->size, std::move(*bytes),
                     leaf::write_proof(leaf::InclusionProof{seq - 1, *hashes, view->note})};
}

Result<ProofFile> consistency_file(ledger::Reader& reader, std::uint64_t old_size,
                                   std::uint64_t size) {
    auto snapshot = reader.snapshot();
    auto view = checkpoint_view(reader, size);
    if (!view) return view.error();
    if (old_size > view->size)
        return invalid("old", "the ledger has signed " + std::to_string(view->size) +
                                  " entries, fewer than " + std::to_string(old_size));
    leaf::Hasher hasher;
    std::vector<Hash> hashes;
    if (old_size > 0) {
        auto proof = leaf::consistency_proof(hasher, subtrees_of(reader), old_size, view->size);
        if (!proof) return proof.error();
        hashes = std::move(*proof);
    }
    return ProofFile{
        0, view->size, {}, leaf::write_proof(leaf::ConsistencyProof{old_size, hashes, view->note})};
}

}  // namespace seals::engine
