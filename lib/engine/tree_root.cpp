#include "engine/tree_root.hpp"

#include "leaf/tree.hpp"

namespace seals::engine {

// The complete subtrees of which the tree is made, the largest first.
Result<Hash> root_at(ledger::Reader& reader, std::uint64_t size) {
    constexpr unsigned kLevels = 63;
    leaf::Hasher hasher;
    leaf::Frontier tree;
    for (unsigned level = kLevels; level-- > 0;) {
        if ((size >> level & 1) == 0) continue;
        auto root = reader.subtree(level, tree.size() >> level);
        if (!root) return root.error();
        tree.append_subtree(hasher, level, *root);
    }
    return tree.root(hasher);
}

}  // namespace seals::engine
