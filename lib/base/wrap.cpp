#include "base/wrap.hpp"

#include <algorithm>
#include <array>

#include "base/width.hpp"

namespace seals {
namespace {

bool closes(std::string_view glyph) {
    static constexpr auto kMarks = std::to_array<std::string_view>(
        {")", "]", "}", "、", "。", "\xEF\xBC\x8C", "\xEF\xBC\x9B", "\xEF\xBC\x9A", "\xEF\xBC\x89",
         "”", "’", "》", "】", "!", "?"});
    return std::find(kMarks.begin(), kMarks.end(), glyph) != kMarks.end();
}

// A line may end before the glyph at `at`.
bool may_break(const std::vector<Glyph>& glyphs, std::size_t at) {
    if (at >= glyphs.size()) return true;
    const auto& before = glyphs[at - 1];
    const auto& after = glyphs[at];
    if (before.text == " " || after.text == " " || before.text == "–") return true;
    return (before.columns == 2 || after.columns == 2) && !closes(after.text);
}

// Where a word is cut that fits on no line: after its last hyphen or slash, if it has one there.
std::size_t cut(const std::vector<Glyph>& glyphs, std::size_t from, std::size_t end) {
    if (end >= glyphs.size()) return end;
    for (auto at = end; at > from + 1; --at)
        if (glyphs[at - 1].text == "-" || glyphs[at - 1].text == "/") return at;
    return end;
}

// Where a line that starts at `from` ends.
std::size_t line_end(const std::vector<Glyph>& glyphs, std::size_t from, std::size_t width) {
    std::size_t used = 0;
    std::size_t end = from;
    for (; end < glyphs.size() && used + glyphs[end].columns <= width; ++end)
        used += glyphs[end].columns;
    end = std::max(end, from + 1);
    auto good = end;
    while (good > from && !may_break(glyphs, good))
        --good;
    std::size_t word = 0;
    for (auto at = good; good > from && (at == good || !may_break(glyphs, at)); ++at)
        word += at < glyphs.size() ? glyphs[at].columns : 0;
    return good > from && word <= width ? good : cut(glyphs, from, end);
}

}  // namespace

void add_glyphs(std::vector<Glyph>& to, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        auto from = at;
        auto columns = columns_of(next_code_point(text, at));
        to.push_back({text.substr(from, at - from), columns});
    }
}

std::vector<GlyphLine> wrapped(const std::vector<Glyph>& glyphs, std::size_t width) {
    std::vector<GlyphLine> lines;
    for (std::size_t from = 0; from < glyphs.size();) {
        auto end = line_end(glyphs, from, width);
        auto last = end;
        while (last > from && glyphs[last - 1].text == " ")
            --last;
        lines.push_back({from, last});
        from = end;
        while (from < glyphs.size() && glyphs[from].text == " ")
            ++from;
    }
    if (lines.empty()) lines.push_back({0, 0});
    return lines;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<Glyph> glyphs;
    add_glyphs(glyphs, text);
    std::vector<std::string> lines;
    for (auto [from, to] : wrapped(glyphs, width)) {
        auto& line = lines.emplace_back();
        for (auto at = from; at < to; ++at)
            line += glyphs[at].text;
    }
    return lines;
}

}  // namespace seals
