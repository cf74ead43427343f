// Text broken into lines of so many columns: where a word ends, and on both sides of Chinese, but
// before no mark that closes. A word that fits on no line is cut, after a
// hyphen where it has one. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace seals {

struct Glyph {
    std::string_view text;
    std::size_t columns;
};

struct GlyphLine {
    std::size_t from, to;  // of the glyphs; blanks at both ends left out
};

void add_glyphs(std::vector<Glyph>& to, std::string_view text);  // which outlives them
std::vector<GlyphLine> wrapped(const std::vector<Glyph>& glyphs, std::size_t width);  // never none
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace seals
