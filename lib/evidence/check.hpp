// Check: what a file of evidence proves, by itself and by the keys that the reader trusts; no
// daemon, no ledger. Errors are Code::invalid (the file is no such thing: what and where) and
// Code::corrupt (it is, and it does not prove what it should). Pure but for check_dump's reading;
// any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "leaf/checkpoint.hpp"
#include "leaf/key.hpp"

namespace seals::evidence {

struct Trust {
    leaf::PublicKey key;                     // of the device
    std::vector<leaf::PublicKey> witnesses;  // none: nobody's cosignature is looked at
};

struct Witnessed {
    std::string name;
    std::int64_t time = 0;  // seconds of Unix
};

struct CheckedCheckpoint {
    leaf::Checkpoint checkpoint;
    std::vector<Witnessed> witnessed;  // by those that are trusted
    std::size_t strangers = 0;         // signatures of keys that are not
};

Result<CheckedCheckpoint> check_checkpoint(std::string_view note, const Trust& trust);

struct CheckedProof {
    std::uint64_t number = 0;  // seq of the entry, or size of the older tree
    CheckedCheckpoint newer;
};

// That this leaf stands in the tree of the proof's checkpoint, at the place that it says itself.
Result<CheckedProof> check_inclusion(std::string_view proof, ByteView leaf, const Trust& trust);
// That the tree of the older checkpoint is the beginning of the one in the proof.
Result<CheckedProof> check_consistency(std::string_view proof, const leaf::Checkpoint& older,
                                       const Trust& trust);

struct DumpFigures {
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};
};
// `read` gives the next bytes, none at the end. With a checkpoint: the dump begins with its tree.
using ReadMore = std::function<Result<Bytes>()>;
Result<DumpFigures> check_dump(const ReadMore& read,
                               const std::optional<leaf::Checkpoint>& checkpoint);

}  // namespace seals::evidence
