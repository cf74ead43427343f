#include <algorithm>

#include "base/width.hpp"
#include "base/wrap.hpp"
#include "report/sheet.hpp"

namespace seals::report {
namespace {

constexpr std::size_t kGap = 2, kLeast = 8, kParagraph = 100, kWide = 120, kShort = 16;

std::string padded(const std::string& text, std::size_t width, bool right) {
    auto columns = columns_of(text);
    std::string blanks(columns < width ? width - columns : 0, ' ');
    return right ? blanks + text : text + blanks;
}

std::string without_end_blanks(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

// As wide as the text; the widest give way until the table fits.
std::vector<std::size_t> widths_of(const std::vector<std::vector<std::string>>& rows,
                                   std::size_t width) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), 1);
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], columns_of(row[i]));
    }
    auto total = [&] {
        std::size_t sum = 0;
        for (auto one : widths)
            sum += one + kGap;
        return sum;
    };
    while (width > 0 && total() > width + kGap) {
        auto widest = std::max_element(widths.begin(), widths.end());
        if (*widest <= kLeast) break;
        --*widest;
    }
    return widths;
}

std::string lay(const std::vector<std::vector<std::string>>& rows,
                const std::vector<SheetColumn>& columns, std::size_t width) {
    auto widths = widths_of(rows, width);
    std::string out;
    for (const auto& row : rows) {
        std::vector<std::vector<std::string>> cells;
        std::size_t height = 1;
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(wrapped(row[i], widths[i]));
            height = std::max(height, cells.back().size());
        }
        for (std::size_t line = 0; line < height; ++line) {
            std::string text = "  ";
            for (std::size_t i = 0; i < cells.size(); ++i) {
                auto cell = line < cells[i].size() ? cells[i][line] : std::string();
                bool right = i < columns.size() && columns[i].right;
                text += padded(cell, widths[i], right) + std::string(kGap, ' ');
            }
            out += without_end_blanks(std::move(text));
        }
    }
    return out;
}

std::vector<std::string> clean(const std::vector<std::string>& row) {
    std::vector<std::string> out;
    for (const auto& cell : row)
        out.push_back(cleaned(cell));
    return out;
}

// On a narrow terminal the beginning of a hash stands for it; files and JSON have it whole.
std::vector<std::string> shown(const std::vector<std::string>& row,
                               const std::vector<SheetColumn>& columns, std::size_t width) {
    auto cells = clean(row);
    for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i)
        if (columns[i].code && width > 0 && width < kWide && cells[i].size() > kShort)
            cells[i] = cells[i].substr(0, kShort) + "…";
    return cells;
}

std::string paragraphs(const std::vector<std::string>& all, std::size_t width) {
    std::string out;
    for (const auto& one : all)
        for (const auto& line : wrapped(cleaned(one), (width > 4 ? width : kParagraph) - 2))
            out += "  " + line + "\n";
    return out;
}

std::string part_text(const SheetPart& part, std::size_t width) {
    auto out = "\n" + cleaned(part.title) + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, text] : part.facts)
        rows.push_back(clean({name, text}));
    if (!rows.empty()) out += lay(rows, {}, width);
    out += paragraphs(part.before, width);
    rows.clear();
    if (!part.table.columns.empty()) {
        rows.emplace_back();
        for (const auto& column : part.table.columns)
            rows.back().push_back(cleaned(column.title));
        for (const auto& row : part.table.rows)
            rows.push_back(shown(row, part.table.columns, width));
        out += lay(rows, part.table.columns, width);
    }
    return out + paragraphs(part.after, width);
}

}  // namespace

std::string sheet_text(const Sheet& sheet, std::size_t width) {
    auto out = cleaned(sheet.title) + "\n";
    if (!sheet.warning.empty()) out += cleaned(sheet.warning) + "\n";
    out += "\n" + paragraphs({sheet.verdict}, width);
    for (const auto& part : sheet.parts)
        out += part_text(part, width);
    out += "\n ";
    for (const auto& sign : sheet.signs)
        out += " " + cleaned(sign) + " ____________  ";
    return without_end_blanks(std::move(out));
}

}  // namespace seals::report
