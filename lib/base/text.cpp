#include "base/text.hpp"

#include <algorithm>
#include <cstdint>

namespace seals {
namespace {

// Length of the sequence that starts with `lead`, and the least code point it may hold.
struct Sequence {
    std::size_t length;
    std::uint32_t least;
    std::uint32_t bits;
};

Sequence sequence_of(unsigned char lead) {
    if (lead < 0x80) return {1, 0, lead};
    if ((lead & 0xe0) == 0xc0) return {2, 0x80, lead & 0x1fU};
    if ((lead & 0xf0) == 0xe0) return {3, 0x800, lead & 0x0fU};
    if ((lead & 0xf8) == 0xf0) return {4, 0x10000, lead & 0x07U};
    return {0, 0, 0};
}

}  // namespace

bool valid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        auto [length, least, point] = sequence_of(static_cast<unsigned char>(text[i]));
        if (length == 0 || i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0) != 0x80) return false;
            point = point << 6 | (next & 0x3fU);
        }
        if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
        i += length;
    }
    return true;
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n\v\f";
    auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t from = 0;
    for (auto at = text.find(separator); at != std::string_view::npos;
         at = text.find(separator, from)) {
        parts.push_back(text.substr(from, at - from));
        from = at + 1;
    }
    parts.push_back(text.substr(from));
    return parts;
}

}  // namespace seals
