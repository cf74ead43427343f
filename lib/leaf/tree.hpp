// Frontier: the RFC 6962 tree over all leaves, kept as the roots of its complete subtrees, the
// greatest first: at most one per bit of the size. Plain value; the Hasher is borrowed per call.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "leaf/hash.hpp"

namespace seals::leaf {

class Frontier {
  public:
    void append(Hasher& hasher, const Hash& leaf_hash);
    // Appends a complete subtree of 2^level leaves at once; the size must be a multiple of that.
    void append_subtree(Hasher& hasher, unsigned level, const Hash& root);
    // Appends all leaves of `next`, of which there are fewer than the lowest set bit of our size.
    void append_tree(Hasher& hasher, const Frontier& next);

    std::uint64_t size() const { return size_; }
    Hash root(Hasher& hasher) const;  // of no leaves: SHA-256 of nothing

    // Size as 8 bytes, big-endian, then the subtree roots.
    Bytes serialise() const;
    static Result<Frontier> restore(ByteView bytes);  // Code::corrupt when size and roots disagree

    friend bool operator==(const Frontier&, const Frontier&) = default;

  private:
    std::uint64_t size_ = 0;
    std::vector<Hash> roots_;
};

}  // namespace seals::leaf
