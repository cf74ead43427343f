// Checkpoints (c2sp.org/tlog-checkpoint): origin, size and root of a tree as a signed note whose
// key has the origin's name, without extension lines; and what witnesses add to it
// (c2sp.org/tlog-cosignature, cosignature/v1). Pure, any thread. Code::invalid says what is wrong;
// Code::corrupt: it is well made, and not what the key signed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "leaf/key.hpp"
#include "leaf/note.hpp"

namespace seals::leaf {

inline constexpr std::uint64_t kMaxTreeSize = (std::uint64_t{1} << 53) - 1;

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};

    std::string text() const;  // three lines
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

Result<Checkpoint> parse_checkpoint(std::string_view text);  // the text of a note

// A whole number without sign, leading zero or anything else.
std::optional<std::uint64_t> parse_natural(std::string_view text);

NoteSignature sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);
std::string signed_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);  // the note

struct OpenedCheckpoint {
    Checkpoint checkpoint;
    Note note;
};

// A note that `key` signed: the key is the origin's, one of the signatures is its own and right.
// Signatures of keys that we do not know say nothing, as the format has it; a wrong one of the
// known key is Code::corrupt.
Result<OpenedCheckpoint> open_checkpoint(std::string_view note, const PublicKey& key);
Result<OpenedCheckpoint> read_checkpoint(std::string_view note);  // unverified: whose is it

// --- cosignature/v1 ---
NoteSignature cosign(const Checkpoint& checkpoint, const std::string& name, const SigningKey& key,
                     std::int64_t unix_seconds);
// The time at which the witness had seen no other tree: seconds of Unix. Code::corrupt: not this
// key's signature, or not over this checkpoint.
Result<std::int64_t> check_cosignature(const Checkpoint& checkpoint, const NoteSignature& signature,
                                       const PublicKey& witness);

// The time that a cosignature claims, unchecked; 0: it is none.
std::int64_t cosignature_time(const NoteSignature& signature);

}  // namespace seals::leaf
