#include "leaf/tree.hpp"

#include <algorithm>
#include <bit>

namespace seals::leaf {

void Frontier::append(Hasher& hasher, const Hash& leaf_hash) {
    append_subtree(hasher, 0, leaf_hash);
}

// As in binary addition: each carry joins two subtrees of one size.
void Frontier::append_subtree(Hasher& hasher, unsigned level, const Hash& root) {
    Hash carried = root;
    for (auto bits = size_ >> level; (bits & 1) != 0; bits >>= 1) {
        carried = hasher.node_hash(roots_.back(), carried);
        roots_.pop_back();
    }
    roots_.push_back(carried);
    size_ += std::uint64_t{1} << level;
}

void Frontier::append_tree(Hasher& hasher, const Frontier& next) {
    auto rest = next.size_;
    for (const auto& root : next.roots_) {
        auto level = static_cast<unsigned>(std::bit_width(rest) - 1);
        append_subtree(hasher, level, root);
        rest -= std::uint64_t{1} << level;
    }
}

Hash Frontier::root(Hasher& hasher) const {
    if (roots_.empty()) return hasher.sha256({});
    Hash root = roots_.back();
    for (auto it = roots_.rbegin() + 1; it != roots_.rend(); ++it)
        root = hasher.node_hash(*it, root);
    return root;
}

Bytes Frontier::serialise() const {
    Bytes out;
    for (int shift = 56; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(size_ >> shift));
    for (const auto& root : roots_)
        out.insert(out.end(), root.begin(), root.end());
    return out;
}

Result<Frontier> Frontier::restore(ByteView bytes) {
    Frontier out;
    if (bytes.size() < 8) return Error{Code::corrupt, "the tree state is too short"};
    for (auto byte : bytes.first(8))
        out.size_ = out.size_ << 8 | byte;
    auto roots = bytes.subspan(8);
    if (roots.size() != static_cast<std::size_t>(std::popcount(out.size_)) * Hash{}.size())
        return Error{Code::corrupt, "the tree state does not have the hashes that its size needs"};
    for (; !roots.empty(); roots = roots.subspan(Hash{}.size()))
        std::copy_n(roots.begin(), Hash{}.size(), out.roots_.emplace_back().begin());
    return out;
}

}  // namespace seals::leaf
