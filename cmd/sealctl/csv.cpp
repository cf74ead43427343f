#include "csv.hpp"

#include <algorithm>

namespace seals::sealctl {
namespace {

bool is_number(std::string_view cell) {
    return std::all_of(cell.begin() + 1, cell.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool looks_like_a_formula(std::string_view cell) {
    constexpr std::string_view kStarts = "=+-@\t\r";
    if (cell.empty() || kStarts.find(cell.front()) == std::string_view::npos) return false;
    return cell.front() != '-' || cell.size() == 1 || !is_number(cell);
}

std::string csv_cell(const std::string& cell) {
    auto text = looks_like_a_formula(cell) ? "'" + cell : cell;
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (const auto& cell : cells)
        line += (&cell == cells.data() ? "" : ",") + csv_cell(cell);
    return line + "\r\n";
}

}  // namespace seals::sealctl
