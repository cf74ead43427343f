#include "table.hpp"

#include <algorithm>
#include <utility>

#include "base/width.hpp"

namespace seals::sealctl {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 12;  // a column that wraps never gets narrower

struct Glyph {
    std::string_view text;
    std::size_t columns;
    Style style;
};

std::vector<Glyph> glyphs_of(const Cell& cell) {
    std::vector<Glyph> glyphs;
    for (const auto& span : cell.spans)
        for (std::size_t at = 0; at < span.text.size();) {
            auto from = at;
            auto columns = columns_of(next_code_point(span.text, at));
            glyphs.push_back(
                {std::string_view(span.text).substr(from, at - from), columns, span.style});
        }
    return glyphs;
}

// A line may end before the glyph at `at`: where a word ends, and on both sides of Chinese.
bool may_break(const std::vector<Glyph>& glyphs, std::size_t at) {
    if (at >= glyphs.size()) return true;
    const auto& before = glyphs[at - 1];
    const auto& after = glyphs[at];
    return before.text == " " || after.text == " " || before.columns == 2 || after.columns == 2;
}

// Where a line that starts at `from` ends. A word that fits on no line is cut.
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
    return good > from && word <= width ? good : end;
}

using Lines = std::vector<std::vector<Glyph>>;

Lines wrapped(const Cell& cell, std::size_t width) {
    auto glyphs = glyphs_of(cell);
    Lines lines;
    for (std::size_t from = 0; from < glyphs.size();) {
        auto end = line_end(glyphs, from, width);
        auto first = glyphs.begin() + static_cast<std::ptrdiff_t>(from);
        lines.emplace_back(first, glyphs.begin() + static_cast<std::ptrdiff_t>(end));
        auto& line = lines.back();
        while (!line.empty() && line.back().text == " ")
            line.pop_back();
        from = end;
        while (from < glyphs.size() && glyphs[from].text == " ")
            ++from;
    }
    if (lines.empty()) lines.emplace_back();
    return lines;
}

std::size_t columns_in(const std::vector<Glyph>& line) {
    std::size_t columns = 0;
    for (const auto& glyph : line)
        columns += glyph.columns;
    return columns;
}

// Runs of one style are painted together.
std::string text_of(const std::vector<Glyph>& line, bool colour) {
    std::string out;
    for (std::size_t i = 0; i < line.size();) {
        std::string run;
        auto style = line[i].style;
        for (; i < line.size() && line[i].style == style; ++i)
            run += line[i].text;
        out += painted(style, run, colour);
    }
    return out;
}

}  // namespace

std::string painted(Style style, std::string_view text, bool colour) {
    static constexpr const char* kCodes[] = {"", "1", "2", "32", "33", "1;31"};
    if (!colour || style == Style::plain || text.empty()) return std::string(text);
    return "\x1b[" + std::string(kCodes[static_cast<std::size_t>(style)]) + "m" +
           std::string(text) + "\x1b[0m";
}

std::size_t Cell::columns() const {
    std::size_t columns = 0;
    for (const auto& span : spans)
        columns += columns_of(span.text);
    return columns;
}

void Table::row(std::vector<Cell> cells) {
    for (auto& cell : cells)
        for (auto& span : cell.spans)
            span.text = cleaned(span.text);
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::widths(std::size_t width) const {
    std::vector<std::size_t> widths;
    std::size_t total = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        auto most = columns_of(columns_[i].title);
        for (const auto& row : rows_)
            most = std::max(most, row[i].columns());
        widths.push_back(most);
        total += most + (i > 0 ? kGap : 0);
    }
    while (width > 0 && total > width) {  // the widest that wraps gives way first
        std::size_t* widest = nullptr;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].wraps && widths[i] > kNarrowest &&
                (widest == nullptr || widths[i] > *widest))
                widest = &widths[i];
        if (widest == nullptr) break;
        --*widest;
        --total;
    }
    return widths;
}

void Table::lay(std::string& to, const std::vector<Cell>& cells,
                const std::vector<std::size_t>& widths, bool colour) const {
    std::vector<Lines> columns;
    std::size_t height = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        columns.push_back(wrapped(cells[i], std::max<std::size_t>(widths[i], 1)));
        height = std::max(height, columns.back().size());
    }
    for (std::size_t y = 0; y < height; ++y) {
        std::string line;
        std::size_t waiting = 0;  // spaces that are only written when something follows
        for (std::size_t i = 0; i < columns.size(); ++i) {
            static const std::vector<Glyph> kNothing;
            const auto& glyphs = y < columns[i].size() ? columns[i][y] : kNothing;
            auto used = columns_in(glyphs);
            auto fill = widths[i] > used ? widths[i] - used : 0;
            if (columns_[i].align == Align::right) waiting += std::exchange(fill, 0);
            if (!glyphs.empty()) line += std::string(std::exchange(waiting, 0), ' ');
            line += text_of(glyphs, colour);
            waiting += fill + kGap;
        }
        to += line + "\n";
    }
}

std::string Table::layout(std::size_t width, bool colour) const {
    auto widths = this->widths(width);
    std::string out;
    std::vector<Cell> heads;
    bool titled = false;
    for (const auto& column : columns_) {
        titled = titled || !column.title.empty();
        heads.emplace_back(column.title, Style::bold);
    }
    if (titled && !rows_.empty()) lay(out, heads, widths, colour);
    for (const auto& row : rows_)
        lay(out, row, widths, colour);
    return out;
}

}  // namespace seals::sealctl
