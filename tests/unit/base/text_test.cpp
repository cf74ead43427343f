#include "base/text.hpp"

#include <array>
#include <random>

#include "catch.hpp"

using namespace seals;

namespace {

struct Range {
    unsigned char low, high;
};

// Table 3-7 of the Unicode standard, row by row: the well-formed sequences and nothing else.
bool starts_well_formed(std::string_view text, std::size_t& length) {
    struct Row {
        std::size_t length;
        std::array<Range, 4> bytes;
    };
    static constexpr Row kTable[] = {
        {1, {{{0x00, 0x7f}, {}, {}, {}}}},
        {2, {{{0xc2, 0xdf}, {0x80, 0xbf}, {}, {}}}},
        {3, {{{0xe0, 0xe0}, {0xa0, 0xbf}, {0x80, 0xbf}, {}}}},
        {3, {{{0xe1, 0xec}, {0x80, 0xbf}, {0x80, 0xbf}, {}}}},
        {3, {{{0xed, 0xed}, {0x80, 0x9f}, {0x80, 0xbf}, {}}}},
        {3, {{{0xee, 0xef}, {0x80, 0xbf}, {0x80, 0xbf}, {}}}},
        {4, {{{0xf0, 0xf0}, {0x90, 0xbf}, {0x80, 0xbf}, {0x80, 0xbf}}}},
        {4, {{{0xf1, 0xf3}, {0x80, 0xbf}, {0x80, 0xbf}, {0x80, 0xbf}}}},
        {4, {{{0xf4, 0xf4}, {0x80, 0x8f}, {0x80, 0xbf}, {0x80, 0xbf}}}}};
    for (const auto& row : kTable) {
        if (row.length > text.size()) continue;
        bool all = true;
        for (std::size_t i = 0; i < row.length; ++i) {
            auto byte = static_cast<unsigned char>(text[i]);
            all = all && byte >= row.bytes[i].low && byte <= row.bytes[i].high;
        }
        if (all) {
            length = row.length;
            return true;
        }
    }
    return false;
}

bool oracle(std::string_view text) {
    std::size_t length = 0;
    for (; !text.empty(); text.remove_prefix(length))
        if (!starts_well_formed(text, length)) return false;
    return true;
}

}  // namespace

TEST_CASE("every string of one and two bytes is judged as the Unicode table says") {
    std::size_t wrong = 0;
    for (int first = 0; first < 256; ++first) {
        std::string one(1, static_cast<char>(first));
        wrong += valid_utf8(one) != oracle(one);
        for (int second = 0; second < 256; ++second) {
            auto two = one + static_cast<char>(second);
            wrong += valid_utf8(two) != oracle(two);
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("strings of four bytes at every border of the Unicode table are judged as it says") {
    static constexpr unsigned char kBorders[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0,
                                                 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xec, 0xed,
                                                 0xee, 0xf0, 0xf3, 0xf4, 0xf5, 0xff};
    std::size_t wrong = 0;
    std::string text(4, ' ');
    for (auto a : kBorders)
        for (auto b : kBorders)
            for (auto c : kBorders)
                for (auto d : kBorders) {
                    text = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                            static_cast<char>(d)};
                    wrong += valid_utf8(text) != oracle(text);
                }
    CHECK(wrong == 0);
}

TEST_CASE("code points are counted, not bytes") {
    CHECK(count_code_points("") == 0);
    CHECK(count_code_points("abc") == 3);
    CHECK(count_code_points("公章") == 2);
    CHECK(count_code_points("é😀") == 2);
}

TEST_CASE("trimming takes white space off both ends and nothing from within") {
    CHECK(trimmed("") == "");
    CHECK(trimmed(" \t\r\n ") == "");
    CHECK(trimmed("  a b\t") == "a b");
    CHECK(trimmed("章") == "章");
    CHECK(trimmed("\xe3\x80\x80章") == "\xe3\x80\x80章");  // U+3000 is no ASCII white space
}

TEST_CASE("split parts joined by the separator are the text again") {
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (std::size_t k = random() % 12; k > 0; --k)
            text += "ab,"[random() % 3];
        std::string joined;
        auto parts = split(text, ',');
        REQUIRE_FALSE(parts.empty());
        for (std::size_t k = 0; k < parts.size(); ++k)
            joined += (k > 0 ? "," : "") + std::string(parts[k]);
        CHECK(joined == text);
    }
}
