#include "table.hpp"

#include <algorithm>
#include <utility>

#include "base/width.hpp"
#include "base/wrap.hpp"

namespace seals::sealctl {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 12;  // a column that wraps never gets narrower

// A cell's text and, beside it, how each part of it is painted.
struct Painted {
    std::vector<Glyph> glyphs;
    std::vector<Style> styles;
    std::vector<GlyphLine> lines;
};

Painted painted_lines(const Cell& cell, std::size_t width) {
    Painted out;
    for (const auto& span : cell.spans) {
        add_glyphs(out.glyphs, span.text);
        out.styles.resize(out.glyphs.size(), span.style);
    }
    out.lines = wrapped(out.glyphs, width);
    return out;
}

std::size_t columns_in(const Painted& cell, GlyphLine line) {
    std::size_t columns = 0;
    for (auto at = line.from; at < line.to; ++at)
        columns += cell.glyphs[at].columns;
    return columns;
}

// Runs of one style are painted together.
std::string text_of(const Painted& cell, GlyphLine line, bool colour) {
    std::string out;
    for (auto at = line.from; at < line.to;) {
        std::string run;
        auto style = cell.styles[at];
        for (; at < line.to && cell.styles[at] == style; ++at)
            run += cell.glyphs[at].text;
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
    std::vector<Painted> columns;
    std::size_t height = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        columns.push_back(painted_lines(cells[i], std::max<std::size_t>(widths[i], 1)));
        height = std::max(height, columns.back().lines.size());
    }
    for (std::size_t y = 0; y < height; ++y) {
        std::string text;
        std::size_t waiting = 0;  // spaces that are only written when something follows
        for (std::size_t i = 0; i < columns.size(); ++i) {
            auto line = y < columns[i].lines.size() ? columns[i].lines[y] : GlyphLine{0, 0};
            auto used = columns_in(columns[i], line);
            auto fill = widths[i] > used ? widths[i] - used : 0;
            if (columns_[i].align == Align::right) waiting += std::exchange(fill, 0);
            if (line.to > line.from) text += std::string(std::exchange(waiting, 0), ' ');
            text += text_of(columns[i], line, colour);
            waiting += fill + kGap;
        }
        to += text + "\n";
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
