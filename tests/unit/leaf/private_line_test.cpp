#include "leaf/private_line.hpp"

#include "catch.hpp"

using namespace seals;
using namespace seals::leaf;

TEST_CASE("a private key is a line that is read as it was written, and as one of its type alone") {
    auto key = SigningKey::from_seed(Bytes(32, 7));
    REQUIRE(key);
    for (auto type : {KeyType::signs, KeyType::cosigns}) {
        auto line = private_line("example.com/w1", type, *key);
        auto text = std::string(as_text(line));
        auto vkey = PublicKey{"example.com/w1", type, key->public_key()}.vkey();
        CHECK(text.starts_with("PRIVATE+KEY+" + vkey.substr(0, vkey.rfind('+') + 1)));
        auto read = parse_private_line(text, type);
        REQUIRE(read);
        CHECK(read->name == "example.com/w1");
        CHECK(read->key.public_key() == key->public_key());
        auto other = type == KeyType::signs ? KeyType::cosigns : KeyType::signs;
        CHECK(parse_private_line(text, other).error().code == Code::invalid);
    }
}

TEST_CASE("what is wrong with a private key is told without the key") {
    auto key = SigningKey::from_seed(Bytes(32, 7));
    auto good = std::string(as_text(private_line("example.com/w1", KeyType::signs, *key)));
    auto secret = good.substr(good.rfind('+') + 1, 20);
    auto renamed = good;
    renamed.replace(good.find("w1"), 2, "w2");
    for (const auto& bad : {std::string(), good.substr(12), good.substr(0, good.size() / 2),
                            good + "x", renamed, "PRIVATE+KEY+x\n" + good}) {
        auto read = parse_private_line(bad, KeyType::signs);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Code::invalid);
        CHECK(read.error().detail.find(secret) == std::string::npos);
    }
}
