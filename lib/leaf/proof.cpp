#include "leaf/proof.hpp"

#include <bit>

namespace seals::leaf {
namespace {

// Leaves [from, to), where `from` is a multiple of the greatest power of two below the length: so
// every left half is a complete subtree.
struct Range {
    std::uint64_t from;
    std::uint64_t to;

    std::uint64_t size() const { return to - from; }
    std::uint64_t middle() const { return from + std::bit_floor(size() - 1); }
    Range left() const { return {from, middle()}; }
    Range right() const { return {middle(), to}; }
};

class Prover {
  public:
    Prover(Hasher& hasher, const SubtreeAt& subtree_at)
        : hasher_(hasher), subtree_at_(subtree_at) {}

    Result<Hash> root(Range range) {
        if (std::has_single_bit(range.size())) {
            auto level = static_cast<unsigned>(std::countr_zero(range.size()));
            return subtree_at_(level, range.from >> level);
        }
        auto left = root(range.left());
        if (!left) return left;
        auto right = root(range.right());
        if (!right) return right;
        return hasher_.node_hash(*left, *right);
    }

    // The siblings on the way from the leaf up to the root of the range.
    Status inclusion(std::uint64_t index, Range range) {
        if (range.size() == 1) return {};
        bool in_left = index < range.middle();
        if (auto s = inclusion(index, in_left ? range.left() : range.right()); !s) return s;
        return put(in_left ? range.right() : range.left());
    }

    // `whole`: the old tree is this very range's beginning, so its root need not be sent.
    Status consistency(std::uint64_t old_size, Range range, bool whole) {
        if (old_size == range.to) return whole ? Status{} : put(range);
        if (old_size <= range.middle()) {
            if (auto s = consistency(old_size, range.left(), whole); !s) return s;
            return put(range.right());
        }
        if (auto s = consistency(old_size, range.right(), false); !s) return s;
        return put(range.left());
    }

    std::vector<Hash> take() { return std::move(proof_); }

  private:
    Status put(Range range) {
        auto hash = root(range);
        if (!hash) return hash.error();
        proof_.push_back(*hash);
        return {};
    }

    Hasher& hasher_;
    const SubtreeAt& subtree_at_;
    std::vector<Hash> proof_;
};

}  // namespace

Result<std::vector<Hash>> inclusion_proof(Hasher& hasher, const SubtreeAt& subtree_at,
                                          std::uint64_t index, std::uint64_t size) {
    if (index >= size) return invalid("index", "the leaf index is not below the tree's size");
    Prover prover(hasher, subtree_at);
    if (auto status = prover.inclusion(index, {0, size}); !status) return status.error();
    return prover.take();
}

Result<std::vector<Hash>> consistency_proof(Hasher& hasher, const SubtreeAt& subtree_at,
                                            std::uint64_t old_size, std::uint64_t size) {
    if (old_size > size) return invalid("old", "the old tree is larger than the new one");
    Prover prover(hasher, subtree_at);
    if (old_size == 0 || old_size == size) return prover.take();
    if (auto status = prover.consistency(old_size, {0, size}, true); !status) return status.error();
    return prover.take();
}

// RFC 9162 §2.1.3.2: climb from the leaf; `node` is our place in the level, `last` the last one
// there.
bool verify_inclusion(Hasher& hasher, const Hash& leaf_hash, std::uint64_t index,
                      std::uint64_t size, std::span<const Hash> proof, const Hash& root) {
    if (index >= size) return false;
    auto node = index;
    auto last = size - 1;
    Hash climbed = leaf_hash;
    for (const auto& sibling : proof) {
        if (last == 0) return false;
        if ((node & 1) != 0 || node == last) {
            climbed = hasher.node_hash(sibling, climbed);
            for (; (node & 1) == 0 && node != 0; node >>= 1)
                last >>= 1;
        } else {
            climbed = hasher.node_hash(climbed, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && climbed == root;
}

// RFC 9162 §2.1.4.2: climb both trees at once from the last complete subtree of the old one.
bool verify_consistency(Hasher& hasher, std::uint64_t old_size, const Hash& old_root,
                        std::uint64_t size, const Hash& root, std::span<const Hash> proof) {
    if (old_size > size) return false;
    if (old_size == 0) return proof.empty();
    if (old_size == size) return proof.empty() && old_root == root;
    auto node = old_size - 1;
    auto last = size - 1;
    for (; (node & 1) != 0; node >>= 1)
        last >>= 1;
    bool old_complete = node == 0;  // a power of two: its root starts both climbs and is not sent
    if (!old_complete && proof.empty()) return false;
    Hash old_climbed = old_complete ? old_root : proof.front();
    Hash climbed = old_climbed;
    for (const auto& sibling : proof.subspan(old_complete ? 0 : 1)) {
        if (last == 0) return false;
        if ((node & 1) != 0 || node == last) {
            old_climbed = hasher.node_hash(sibling, old_climbed);
            climbed = hasher.node_hash(sibling, climbed);
            for (; (node & 1) == 0 && node != 0; node >>= 1)
                last >>= 1;
        } else {
            climbed = hasher.node_hash(climbed, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && old_climbed == old_root && climbed == root;
}

}  // namespace seals::leaf
