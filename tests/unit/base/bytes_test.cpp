#include "base/bytes.hpp"

#include <random>

#include "catch.hpp"

using namespace seals;

namespace {

Bytes random_bytes(std::mt19937& random, std::size_t size) {
    Bytes out(size);
    for (auto& byte : out)
        byte = static_cast<std::uint8_t>(random());
    return out;
}

}  // namespace

TEST_CASE("hex and base64 give back what went in, for every length up to 100") {
    std::mt19937 random(1);
    for (std::size_t size = 0; size <= 100; ++size) {
        auto bytes = random_bytes(random, size);
        CHECK(from_hex(to_hex(bytes)) == bytes);
        CHECK(from_base64(to_base64(bytes)) == bytes);
        CHECK(to_base64(bytes).size() == (size + 2) / 3 * 4);
    }
}

TEST_CASE("base64 agrees with the vectors of RFC 4648") {
    const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors) {
        CHECK(to_base64(as_bytes(plain)) == coded);
        CHECK(from_base64(coded) == to_bytes(as_bytes(plain)));
    }
}

TEST_CASE("base64 that another encoder would have written differently is refused") {
    for (auto text : {"Zg", "Zg=", "Zh==", "Zm9=", "=Zg=", "Z===", "====", "Zg==Zg==", "Zm 9",
                      "Zm9v\n", "Zm-_", "Zg==="}) {
        INFO(text);
        CHECK_FALSE(from_base64(text));
    }
}

TEST_CASE("whatever base64 is accepted is what the encoder writes") {
    std::mt19937 random(2);
    const std::string_view alphabet = "AZaz09+/=_ ";
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (std::size_t k = random() % 9; k > 0; --k)
            text += alphabet[random() % alphabet.size()];
        if (auto bytes = from_base64(text)) CHECK(to_base64(*bytes) == text);
    }
}

TEST_CASE("hex reads both cases and refuses everything else") {
    CHECK(from_hex("00fFAb") == Bytes{0x00, 0xff, 0xab});
    CHECK(to_hex(Bytes{0x00, 0xff, 0xab}) == "00ffab");
    for (auto text : {"0", "0g", "0x", " 00", "00 ", "-1", "é"}) {
        INFO(text);
        CHECK_FALSE(from_hex(text));
    }
}

TEST_CASE("a hash is read from exactly 64 lower-case digits") {
    std::string text(64, 'a');
    auto hash = hash_from_hex(text);
    REQUIRE(hash);
    CHECK(to_hex(*hash) == text);
    CHECK_FALSE(hash_from_hex(std::string(64, 'A')));
    CHECK_FALSE(hash_from_hex(std::string(62, 'a')));
    CHECK_FALSE(hash_from_hex(std::string(66, 'a')));
    CHECK_FALSE(hash_from_hex(""));
}
