#include "evidence/check.hpp"

#include <algorithm>

#include "leaf/dump.hpp"
#include "leaf/leaf.hpp"
#include "leaf/proof.hpp"
#include "leaf/proof_text.hpp"

namespace seals::evidence {
namespace {

Error wrong(const std::string& what) {
    return {Code::corrupt, what, "ask whoever handed it out for another copy, and keep this one"};
}

Result<std::vector<Witnessed>> witnessed_by(const leaf::OpenedCheckpoint& opened,
                                            const Trust& trust, std::size_t& strangers) {
    std::vector<Witnessed> out;
    for (const auto& signature : opened.note.signatures) {
        if (signature.name == trust.key.name && signature.id == trust.key.id()) continue;
        auto known = std::find_if(trust.witnesses.begin(), trust.witnesses.end(),
                                  [&](const leaf::PublicKey& key) {
                                      return key.name == signature.name && key.id() == signature.id;
                                  });
        if (known == trust.witnesses.end()) {
            ++strangers;
            continue;
        }
        auto time = leaf::check_cosignature(opened.checkpoint, signature, *known);
        if (!time) return time.error();
        out.push_back({signature.name, *time});
    }
    return out;
}

}  // namespace

Result<CheckedCheckpoint> check_checkpoint(std::string_view note, const Trust& trust) {
    auto opened = leaf::open_checkpoint(note, trust.key);
    if (!opened) return opened.error();
    CheckedCheckpoint out{opened->checkpoint, {}, 0};
    auto witnessed = witnessed_by(*opened, trust, out.strangers);
    if (!witnessed) return witnessed.error();
    out.witnessed = std::move(*witnessed);
    return out;
}

Result<CheckedProof> check_inclusion(std::string_view proof, ByteView bytes, const Trust& trust) {
    auto parsed = leaf::parse_inclusion_proof(proof);
    if (!parsed) return parsed.error();
    auto newer = check_checkpoint(parsed->checkpoint, trust);
    if (!newer) return newer.error();
    auto entry = leaf::decode(bytes);
    if (!entry) return entry.error();
    if (entry->seq != parsed->index + 1)
        return wrong("the leaf is entry " + std::to_string(entry->seq) + ", the proof is of " +
                     std::to_string(parsed->index + 1));
    leaf::Hasher hasher;
    if (!leaf::verify_inclusion(hasher, hasher.leaf_hash(bytes), parsed->index,
                                newer->checkpoint.size, parsed->hashes, newer->checkpoint.root))
        return wrong("entry " + std::to_string(entry->seq) +
                     " does not stand in the tree of the checkpoint");
    return CheckedProof{entry->seq, std::move(*newer)};
}

Result<CheckedProof> check_consistency(std::string_view proof, const leaf::Checkpoint& older,
                                       const Trust& trust) {
    auto parsed = leaf::parse_consistency_proof(proof);
    if (!parsed) return parsed.error();
    auto newer = check_checkpoint(parsed->checkpoint, trust);
    if (!newer) return newer.error();
    if (parsed->old_size != older.size)
        return wrong("the proof starts at size " + std::to_string(parsed->old_size) +
                     ", the older checkpoint has " + std::to_string(older.size));
    if (older.origin != newer->checkpoint.origin)
        return wrong("the two checkpoints are of different ledgers");
    leaf::Hasher hasher;
    if (!leaf::verify_consistency(hasher, older.size, older.root, newer->checkpoint.size,
                                  newer->checkpoint.root, parsed->hashes))
        return wrong("the ledger of size " + std::to_string(older.size) +
                     " is not the beginning of that of size " +
                     std::to_string(newer->checkpoint.size));
    return CheckedProof{older.size, std::move(*newer)};
}

Result<DumpFigures> check_dump(const ReadMore& read,
                               const std::optional<leaf::Checkpoint>& checkpoint) {
    leaf::DumpCheck check;
    if (checkpoint) check.watch(checkpoint->size);
    leaf::DumpReader reader([&](ByteView leaf) { return check.take(leaf); });
    for (;;) {
        auto more = read();
        if (!more) return more.error();
        if (more->empty()) break;
        if (auto status = reader.add(*more); !status) return status.error();
    }
    if (auto status = reader.finish(); !status) return status.error();
    DumpFigures figures{check.origin(), check.tree().size(), check.root()};
    if (!checkpoint) return figures;
    figures.origin = check.origin_at(checkpoint->size);
    auto root = check.root_at(checkpoint->size);
    if (!root)
        return wrong("the dump has " + std::to_string(figures.size) +
                     " entries, the checkpoint counts " + std::to_string(checkpoint->size));
    if (*root != checkpoint->root)
        return wrong("the first " + std::to_string(checkpoint->size) +
                     " entries of the dump do not give the root of the checkpoint");
    return figures;
}

}  // namespace seals::evidence
