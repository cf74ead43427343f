#include "intake/cell.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace seals::intake {
namespace {

struct Point {
    std::uint32_t c = 0;
    std::size_t size = 1;
};

// Of text that is valid UTF-8; a broken byte stands for itself.
Point point_at(std::string_view text, std::size_t at) {
    auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    auto lead = byte(at);
    std::size_t size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (at + size > text.size()) return {lead, 1};
    std::uint32_t c = size == 1 ? lead : lead & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i)
        c = c << 6 | (byte(at + i) & 0x3f);
    return {c, size};
}

bool is_blank(std::uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x1680 || c == 0x85;
}
bool is_invisible(std::uint32_t c) {
    return (c < 0x20 && !is_blank(c)) || c == 0x7f || (c >= 0x80 && c < 0xa0 && c != 0x85) ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || c == 0x2060 ||
           c == 0xfeff || c == 0xad;
}
bool is_dash(std::uint32_t c) {
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe58 || c == 0xfe63;
}

// Most cells hold only signs that need nothing done: a table of the bytes that can begin another
// one.
struct Plain {
    bool clean[256] = {};   // may stay where clean looks at it
    bool narrow[256] = {};  // stays under narrow too
    constexpr Plain() {
        for (unsigned byte = 0; byte < 256; ++byte) {
            clean[byte] = byte >= 0x20 && byte != 0x7f && byte != 0xc2 && byte != 0xe1 &&
                          byte != 0xe2 && byte != 0xef;
            narrow[byte] = clean[byte] && byte != 0xe3;
        }
    }
};
constexpr Plain kPlain;

bool all_in(const bool (&table)[256], std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return table[static_cast<unsigned char>(c)]; });
}

std::string_view without_escape(std::string_view text) {
    if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"'))
        return text.substr(2, text.size() - 3);
    if (text.size() >= 2 && text[0] == '\'' && text.back() != '\'') return text.substr(1);
    return text;
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty()) {
        auto [c, size] = point_at(text, 0);
        if (!is_blank(c) && !is_invisible(c)) break;
        text.remove_prefix(size);
    }
    while (!text.empty()) {
        auto start = text.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xc0) == 0x80)
            --start;
        auto c = point_at(text, start).c;
        if (!is_blank(c) && !is_invisible(c)) break;
        text = text.substr(0, start);
    }
    return text;
}

}  // namespace

std::string clean(std::string_view cell) {
    auto text = without_blanks(without_escape(without_blanks(cell)));
    if (all_in(kPlain.clean, text)) return std::string(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto [c, size] = point_at(text, at);
        if (c == '\r') {
            if (text.substr(at, 2) != "\r\n") out += '\n';
        } else if (!is_invisible(c)) {
            out += text.substr(at, size);
        }
        at += size;
    }
    return out;
}

std::string narrow(std::string_view cell) {
    if (all_in(kPlain.narrow, cell)) return std::string(cell);
    std::string out;
    out.reserve(cell.size());
    for (std::size_t at = 0; at < cell.size();) {
        auto [c, size] = point_at(cell, at);
        if (c >= 0xff01 && c <= 0xff5e)
            out += static_cast<char>(c - 0xfee0);
        else if (is_dash(c))
            out += '-';
        else if (c != '\n' && is_blank(c))
            out += ' ';
        else
            out += cell.substr(at, size);
        at += size;
    }
    return out;
}

std::string folded(std::string_view cell) {
    auto text = narrow(cell);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

bool means_nothing(std::string_view cleaned) {
    if (cleaned.empty()) return true;
    if (cleaned.size() > 16) return false;
    constexpr std::string_view kFirstBytes = "-/\\nN#\xe6\xe7\xe2\xef";
    if (kFirstBytes.find(cleaned[0]) == std::string_view::npos) return false;
    constexpr std::array<std::string_view, 13> kMarks{
        "-", "--", "---", "/", "\\", "无", "空", "暂无", "n/a", "#n/a", "null", "none", "nil"};
    return std::find(kMarks.begin(), kMarks.end(), folded(cleaned)) != kMarks.end();
}

std::vector<std::string> split_parts(std::string_view cell) {
    constexpr std::string_view kBetween = ";,/| \n";
    auto text = narrow(cell);
    for (auto at = text.find("、"); at != std::string::npos; at = text.find("、", at))
        text.replace(at, std::string_view("、").size(), ";");
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
        auto from = text.find_first_not_of(kBetween, at);
        if (from == std::string::npos) break;
        at = std::min(text.find_first_of(kBetween, from), text.size());
        parts.push_back(text.substr(from, at - from));
    }
    return parts;
}

std::vector<std::string> split_list(std::string_view cell) {
    std::vector<std::string> once;
    for (auto& part : split_parts(cell))
        if (std::find(once.begin(), once.end(), part) == once.end())
            once.push_back(std::move(part));
    return once;
}

bool cut_by_spreadsheet(std::string_view narrowed) {
    constexpr std::string_view kDigits = "0123456789";
    auto e = narrowed.find_first_of("eE");
    if (e == std::string_view::npos || e == 0 || e + 2 >= narrowed.size() || narrowed[e + 1] != '+')
        return false;
    auto digits = [&](std::string_view text) {
        return text.find_first_not_of(kDigits) == std::string_view::npos;
    };
    auto head = narrowed.substr(0, e);
    auto dot = head.find('.');
    return digits(narrowed.substr(e + 2)) && digits(head.substr(0, dot)) &&
           (dot == std::string_view::npos || digits(head.substr(dot + 1)));
}

std::string clip(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string(text);
    auto end = bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return std::string(text.substr(0, end)) + "…";
}

std::string in_quotes(std::string_view text) {
    return "\"" + clip(text) + "\"";
}

}  // namespace seals::intake
