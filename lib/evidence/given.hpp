// Given: raw leaves with their inclusion proofs, checked against one checkpoint and put in order.
// What is not proved to stand in that tree is left out and told as a fault. Whether the checkpoint
// is signed by the right key is asked apart from this (leaf/checkpoint.hpp). Pure, any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "evidence/reason.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/leaf.hpp"

namespace seals::evidence {

struct GivenLeaf {
    Bytes bytes;
    std::vector<Hash> proof;
};

struct Entry {
    leaf::Leaf leaf;
    Hash hash{};
};

struct Given {
    leaf::Checkpoint checkpoint;
    std::map<std::uint64_t, Entry> entries;  // by seq
    std::vector<Reason> faults;

    // Of one seal, in order: every leaf of it that was given.
    std::vector<const Entry*> chain_of(const std::string& seal) const;
};

Given check_leaves(const leaf::Checkpoint& checkpoint, const std::vector<GivenLeaf>& leaves);

// sn rises by one and sp names the leaf before, wherever both of two neighbours are given.
std::vector<Reason> chain_faults(const std::vector<const Entry*>& chain);

}  // namespace seals::evidence
