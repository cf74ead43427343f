#include "report/csv.hpp"

#include <algorithm>
#include <iterator>

#include "base/width.hpp"

namespace seals::report {
namespace {

// The full-width forms, too: with an East Asian input method they are typed for the others.
bool looks_like_a_formula(std::string_view cell) {
    static constexpr std::string_view kStarts[] = {
        "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    auto at = cell.find_first_not_of(" \t\r");
    if (at == std::string_view::npos) return false;
    if (cell.front() == '\t' || cell.front() == '\r') return true;
    auto text = cell.substr(at);
    return std::any_of(std::begin(kStarts), std::end(kStarts),
                       [&](std::string_view start) { return text.starts_with(start); });
}

std::string csv_cell(const Cell& cell) {
    if (cell.number) return cell.text;
    auto text = cleaned(cell.text);
    if (looks_like_a_formula(cell.text)) text.insert(0, "'");
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

}  // namespace

std::string csv_line(const std::vector<Cell>& cells) {
    std::string line;
    for (const auto& cell : cells)
        line += (&cell == cells.data() ? "" : ",") + csv_cell(cell);
    return line + "\r\n";
}

}  // namespace seals::report
