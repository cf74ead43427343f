// CSV as RFC 4180 has it, with the mark that lets office programs see UTF-8. A cell of text that
// such a program would take for a formula gets an apostrophe before it; line breaks and tabs become
// blanks, control characters U+FFFD. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/cell.hpp"

namespace seals::report {

inline constexpr std::string_view kCsvMark = "\xEF\xBB\xBF";

std::string csv_line(const std::vector<Cell>& cells);  // ends in CR LF

}  // namespace seals::report
