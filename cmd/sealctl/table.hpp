// Table: rows in aligned columns, as wide as their text on a terminal. A column that wraps gives
// way when the table is too wide, and goes on in the next line. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace seals::sealctl {

enum class Style : unsigned char { plain, bold, dim, good, warning, bad };

// The text in that style, or as it is.
std::string painted(Style style, std::string_view text, bool colour);

struct Span {
    std::string text;
    Style style = Style::plain;
};

struct Cell {
    std::vector<Span> spans;

    Cell() = default;
    Cell(std::string text, Style style = Style::plain) : spans{{std::move(text), style}} {}
    Cell(const char* text) : spans{{text}} {}
    std::size_t columns() const;
};

enum class Align { left, right };

struct Column {
    std::string title{};  // no column with a title: no heading
    Align align = Align::left;
    bool wraps = false;
};

class Table {
  public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
    // Text is cleaned of what a terminal would obey.
    void row(std::vector<Cell> cells);
    bool empty() const { return rows_.empty(); }
    // `width` 0: as wide as it needs. Every line ends in '\n'.
    std::string layout(std::size_t width = 0, bool colour = false) const;

  private:
    std::vector<std::size_t> widths(std::size_t width) const;
    void lay(std::string& to, const std::vector<Cell>& cells,
             const std::vector<std::size_t>& widths, bool colour) const;

    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace seals::sealctl
