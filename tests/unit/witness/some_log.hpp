// A log that lies when it is told to: a list of leaf hashes with its roots, proofs and signed
// checkpoints. Two of them with one key and a common beginning are a fork.
#pragma once

#include <string>
#include <vector>

#include "leaf/checkpoint.hpp"
#include "leaf/hash.hpp"
#include "leaf/proof.hpp"
#include "leaf/proof_text.hpp"

namespace seals::witness {

class SomeLog {
  public:
    explicit SomeLog(std::string origin = "example.com/cab-1", std::uint8_t seed = 7)
        : origin_(std::move(origin)), key_(*leaf::SigningKey::from_seed(Bytes(32, seed))) {}

    void grow(std::size_t by, const std::string& with) {
        for (; by > 0; --by)
            leaves_.push_back(hasher().leaf_hash(as_bytes(with + std::to_string(leaves_.size()))));
    }
    SomeLog fork(std::size_t at) const {
        auto out = *this;
        out.leaves_.resize(at);
        return out;
    }
    std::uint64_t size() const { return leaves_.size(); }
    leaf::PublicKey key() const { return {origin_, leaf::KeyType::signs, key_.public_key()}; }

    Hash root(std::uint64_t size) {
        if (size == 0) return hasher().sha256({});
        return root(0, size);
    }
    std::vector<Hash> proof(std::uint64_t old_size, std::uint64_t size) {
        auto at = [this](unsigned level, std::uint64_t index) -> Result<Hash> {
            return root(index << level, (index + 1) << level);
        };
        auto made = leaf::consistency_proof(hasher(), at, old_size, size);
        return made ? *made : std::vector<Hash>{};
    }
    leaf::Checkpoint checkpoint(std::uint64_t size) { return {origin_, size, root(size)}; }
    std::string note(std::uint64_t size) { return leaf::signed_checkpoint(checkpoint(size), key_); }
    std::string body(std::uint64_t old_size, std::uint64_t size) {
        return leaf::write_proof(
            leaf::ConsistencyProof{old_size, proof(old_size, size), note(size)});
    }

  private:
    Hash root(std::uint64_t from, std::uint64_t to) {
        if (to - from == 1) return leaves_[from];
        std::uint64_t half = 1;
        while (half * 2 < to - from)
            half *= 2;
        return hasher().node_hash(root(from, from + half), root(from + half, to));
    }

    static leaf::Hasher& hasher() {
        static leaf::Hasher made;
        return made;
    }

    std::string origin_;
    leaf::SigningKey key_;
    std::vector<Hash> leaves_;
};

}  // namespace seals::witness
