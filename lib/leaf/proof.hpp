// Proofs over the tree (RFC 6962 §2.1): that a leaf stands in it, and that a smaller tree is the
// beginning of it. Making one asks for the roots of complete subtrees; checking one needs nothing
// but the proof. Pure apart from what the callable does.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "leaf/hash.hpp"

namespace seals::leaf {

// Gives the root of the complete subtree of 2^level leaves that starts at leaf index << level.
using SubtreeAt = std::function<Result<Hash>(unsigned level, std::uint64_t index)>;

// Code::invalid when index or old size do not fit the size; else what the callable failed with.
Result<std::vector<Hash>> inclusion_proof(Hasher& hasher, const SubtreeAt& subtree_at,
                                          std::uint64_t index, std::uint64_t size);
Result<std::vector<Hash>> consistency_proof(Hasher& hasher, const SubtreeAt& subtree_at,
                                            std::uint64_t old_size, std::uint64_t size);

bool verify_inclusion(Hasher& hasher, const Hash& leaf_hash, std::uint64_t index,
                      std::uint64_t size, std::span<const Hash> proof, const Hash& root);
// A tree of size 0 is the beginning of every tree, with an empty proof.
bool verify_consistency(Hasher& hasher, std::uint64_t old_size, const Hash& old_root,
                        std::uint64_t size, const Hash& root, std::span<const Hash> proof);

}  // namespace seals::leaf
