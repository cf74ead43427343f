#include "leaf/tree.hpp"

#include <bit>
#include <string>

#include "catch.hpp"
#include "leaf/proof.hpp"

using namespace seals;
using namespace seals::leaf;

namespace {

// RFC 6962 §2.1 as it is written, without a thought for speed.
Hash oracle(Hasher& hasher, std::span<const Hash> leaves) {
    if (leaves.empty()) return hasher.sha256({});
    if (leaves.size() == 1) return leaves[0];
    auto half = std::bit_floor(leaves.size() - 1);
    return hasher.node_hash(oracle(hasher, leaves.first(half)),
                            oracle(hasher, leaves.subspan(half)));
}

std::vector<Hash> some_leaves(Hasher& hasher, std::size_t count) {
    std::vector<Hash> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(hasher.leaf_hash(as_bytes("leaf " + std::to_string(i))));
    return out;
}

SubtreeAt subtrees_of(Hasher& hasher, std::span<const Hash> leaves) {
    return [&hasher, leaves](unsigned level, std::uint64_t index) -> Result<Hash> {
        auto size = std::size_t{1} << level;
        if ((index + 1) * size > leaves.size()) return internal("asked beyond the tree");
        return oracle(hasher, leaves.subspan(index * size, size));
    };
}

// The eight inputs of the Certificate Transparency reference implementation, and their roots.
const char* const kInputs[] = {"",
                               "00",
                               "10",
                               "2021",
                               "3031",
                               "40414243",
                               "5051525354555657",
                               "606162636465666768696a6b6c6d6e6f"};
const char* const kRoots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                              "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                              "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                              "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                              "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                              "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

}  // namespace

TEST_CASE("the roots are those of the Certificate Transparency reference tree") {
    Hasher hasher;
    Frontier tree;
    CHECK(to_hex(tree.root(hasher)) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (std::size_t i = 0; i < 8; ++i) {
        tree.append(hasher, hasher.leaf_hash(*from_hex(kInputs[i])));
        CHECK(to_hex(tree.root(hasher)) == kRoots[i]);
    }
}

TEST_CASE("the frontier equals the definition of the tree at every size, also after a restore") {
    Hasher hasher;
    auto leaves = some_leaves(hasher, 300);
    Frontier tree;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        REQUIRE(tree.size() == size);
        REQUIRE(tree.root(hasher) == oracle(hasher, std::span(leaves).first(size)));
        auto restored = Frontier::restore(tree.serialise());
        REQUIRE(restored);
        REQUIRE(*restored == tree);
        if (size < leaves.size()) tree.append(hasher, leaves[size]);
    }
}

TEST_CASE("a tree grown by complete subtrees equals one grown by leaves") {
    Hasher hasher;
    auto leaves = some_leaves(hasher, 5 * 16 + 3);
    Frontier tree;
    for (std::size_t block = 0; block < 5; ++block)
        tree.append_subtree(hasher, 4, oracle(hasher, std::span(leaves).subspan(block * 16, 16)));
    Frontier rest;
    for (std::size_t i = 80; i < 83; ++i)
        rest.append(hasher, leaves[i]);
    tree.append_tree(hasher, rest);
    CHECK(tree.size() == 83);
    CHECK(tree.root(hasher) == oracle(hasher, leaves));
}

TEST_CASE("a tree state whose hashes do not fit its size is refused") {
    Hasher hasher;
    Frontier tree;
    for (const auto& leaf : some_leaves(hasher, 7))
        tree.append(hasher, leaf);
    auto bytes = tree.serialise();
    bytes[7] = 8;
    CHECK(Frontier::restore(bytes).error().code == Code::corrupt);
    bytes[7] = 7;
    bytes.pop_back();
    CHECK(Frontier::restore(bytes).error().code == Code::corrupt);
    CHECK(Frontier::restore(ByteView(bytes).first(5)).error().code == Code::corrupt);
}

TEST_CASE("every leaf of every tree has an inclusion proof, and no other leaf has it") {
    Hasher hasher;
    auto leaves = some_leaves(hasher, 70);
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        auto tree = std::span(leaves).first(size);
        auto root = oracle(hasher, tree);
        for (std::size_t i = 0; i < size; ++i) {
            auto proof = inclusion_proof(hasher, subtrees_of(hasher, tree), i, size);
            REQUIRE(proof);
            REQUIRE(verify_inclusion(hasher, leaves[i], i, size, *proof, root));
            REQUIRE_FALSE(verify_inclusion(hasher, leaves[(i + 1) % 70], i, size, *proof, root));
            REQUIRE_FALSE(verify_inclusion(hasher, leaves[i], i + 1, size + 1, *proof, Hash{}));
            if (!proof->empty()) {
                auto shorter = std::span<const Hash>(*proof).first(proof->size() - 1);
                REQUIRE_FALSE(verify_inclusion(hasher, leaves[i], i, size, shorter, root));
                auto bent = *proof;
                bent.back()[3] ^= 1;
                REQUIRE_FALSE(verify_inclusion(hasher, leaves[i], i, size, bent, root));
            }
            auto longer = *proof;
            longer.push_back(root);
            REQUIRE_FALSE(verify_inclusion(hasher, leaves[i], i, size, longer, root));
        }
        CHECK(inclusion_proof(hasher, subtrees_of(hasher, tree), size, size).error().code ==
              Code::invalid);
    }
}

TEST_CASE("every tree is proved to begin every later one, and a forged beginning is not") {
    Hasher hasher;
    auto leaves = some_leaves(hasher, 70);
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        auto tree = std::span(leaves).first(size);
        auto root = oracle(hasher, tree);
        for (std::size_t old_size = 0; old_size <= size; ++old_size) {
            auto old_root = oracle(hasher, tree.first(old_size));
            auto proof = consistency_proof(hasher, subtrees_of(hasher, tree), old_size, size);
            REQUIRE(proof);
            REQUIRE(verify_consistency(hasher, old_size, old_root, size, root, *proof));
            if (old_size == 0) continue;
            auto forged = old_root;
            forged[0] ^= 1;
            REQUIRE_FALSE(verify_consistency(hasher, old_size, forged, size, root, *proof));
            if (old_size == size) continue;
            auto other = root;
            other[31] ^= 1;
            REQUIRE_FALSE(verify_consistency(hasher, old_size, old_root, size, other, *proof));
            auto longer = *proof;
            longer.push_back(root);
            REQUIRE_FALSE(verify_consistency(hasher, old_size, old_root, size, root, longer));
        }
        CHECK(consistency_proof(hasher, subtrees_of(hasher, tree), size + 1, size).error().code ==
              Code::invalid);
    }
}

TEST_CASE("a proof fails with what its source of hashes failed with") {
    Hasher hasher;
    SubtreeAt broken = [](unsigned, std::uint64_t) -> Result<Hash> { return unavailable("disk"); };
    CHECK(inclusion_proof(hasher, broken, 0, 5).error().code == Code::unavailable);
    CHECK(consistency_proof(hasher, broken, 3, 5).error().code == Code::unavailable);
}
