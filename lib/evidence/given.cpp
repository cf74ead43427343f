#include "evidence/given.hpp"

#include "leaf/proof.hpp"

namespace seals::evidence {

std::vector<const Entry*> Given::chain_of(const std::string& seal) const {
    std::vector<const Entry*> chain;
    for (const auto& [seq, entry] : entries)
        if (!seal.empty() && entry.leaf.seal == seal) chain.push_back(&entry);
    return chain;
}

Given check_leaves(const leaf::Checkpoint& checkpoint, const std::vector<GivenLeaf>& leaves) {
    Given given;
    given.checkpoint = checkpoint;
    leaf::Hasher hasher;
    std::uint64_t last = 0;
    for (const auto& one : leaves) {
        auto decoded = leaf::decode(one.bytes);
        if (!decoded) {
            given.faults.push_back({"leaf_bad", last, {decoded.error().detail}});
            continue;
        }
        auto seq = decoded->seq;
        last = seq;
        auto hash = hasher.leaf_hash(one.bytes);
        bool proved = seq > 0 && seq <= checkpoint.size &&
                      leaf::verify_inclusion(hasher, hash, seq - 1, checkpoint.size, one.proof,
                                             checkpoint.root);
        if (!proved) {
            given.faults.push_back({"leaf_not_in_tree", seq, {std::to_string(seq)}});
            continue;
        }
        // The same leaf given twice is one; two different ones cannot both be in the tree.
        given.entries.try_emplace(seq, Entry{std::move(*decoded), hash});
    }
    return given;
}

std::vector<Reason> chain_faults(const std::vector<const Entry*>& chain) {
    std::vector<Reason> faults;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const auto& leaf = chain[i]->leaf;
        bool starts = leaf.sn == 1 && leaf.sp == 0;
        bool follows =
            i == 0 ? starts || (leaf.sn > 1 && leaf.sp > 0 && leaf.sp < leaf.seq)
                   : leaf.sn == chain[i - 1]->leaf.sn + 1 && leaf.sp == chain[i - 1]->leaf.seq;
        if (!follows)
            faults.push_back(
                {"chain_broken", leaf.seq, {std::to_string(leaf.seq), std::to_string(leaf.sn)}});
    }
    return faults;
}

}  // namespace seals::evidence
