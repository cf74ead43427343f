#include "base/bytes.hpp"

#include <algorithm>

namespace seals {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string to_hex(ByteView bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (auto byte : bytes) {
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
    }
    return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        int high = hex_digit(text[i]);
        int low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return out;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
    bool upper = std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'F'; });
    auto bytes = from_hex(text);
    if (!bytes || bytes->size() != 32 || upper) return std::nullopt;
    Hash out;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

std::string to_base64(ByteView bytes) {
    std::string out;
    std::size_t i = 0;
    for (; i + 2 < bytes.size(); i += 3) {
        auto word = static_cast<std::uint32_t>(bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2]);
        for (int shift = 18; shift >= 0; shift -= 6)
            out += kBase64[(word >> shift) & 63];
    }
    if (i < bytes.size()) {
        bool two = i + 1 < bytes.size();
        auto word = static_cast<std::uint32_t>(bytes[i] << 16 | (two ? bytes[i + 1] << 8 : 0));
        out += kBase64[(word >> 18) & 63];
        out += kBase64[(word >> 12) & 63];
        out += two ? kBase64[(word >> 6) & 63] : '=';
        out += '=';
    }
    return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    Bytes out;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::uint32_t word = 0;
        int pads = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            char c = text[i + k];
            auto digit = kBase64.find(c);
            bool pad = c == '=' && i + 4 == text.size() && k >= 2;
            if (pads > 0 && !pad) return std::nullopt;
            if (digit == std::string_view::npos && !pad) return std::nullopt;
            pads += pad ? 1 : 0;
            word = word << 6 | (pad ? 0U : static_cast<std::uint32_t>(digit));
        }
        for (int k = 0; k < 3 - pads; ++k)
            out.push_back(static_cast<std::uint8_t>(word >> (16 - 8 * k)));
    }
    if (to_base64(out) != text) return std::nullopt;  // non-zero trailing bits are not canonical
    return out;
}

}  // namespace seals
