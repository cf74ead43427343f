#include "leaf/hash.hpp"

#include "catch.hpp"

using namespace seals;
using namespace seals::leaf;

TEST_CASE("the hashes are those of FIPS 180-4 and RFC 6962") {
    Hasher hasher;
    CHECK(to_hex(hasher.sha256({})) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(hasher.sha256(as_bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(hasher.leaf_hash({})) ==
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    CHECK(to_hex(hasher.leaf_hash(as_bytes("L123456"))) ==
          "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    Hash left;
    Hash right;
    left.fill(0);
    right.fill(0xff);
    CHECK(to_hex(hasher.node_hash(left, right)) ==
          to_hex(hasher.sha256(*from_hex("01" + std::string(64, '0') + std::string(64, 'f')))));
}

TEST_CASE("a commitment is the hash of salt and text, and differs by salt") {
    Hasher hasher;
    Salt salt{};
    auto bytes = Bytes(16, 0);
    auto text = std::string("张伟");
    bytes.insert(bytes.end(), text.begin(), text.end());
    CHECK(hasher.commitment(salt, text) == to_hex(hasher.sha256(bytes)));
    Salt other{};
    other[15] = 1;
    CHECK(hasher.commitment(other, text) != hasher.commitment(salt, text));
}
