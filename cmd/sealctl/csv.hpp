// CSV as RFC 4180 has it, with the mark that lets office programs see UTF-8. A cell that such a
// program would take for a formula gets an apostrophe before it. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace seals::sealctl {

inline constexpr std::string_view kCsvMark = "\xEF\xBB\xBF";

std::string csv_line(const std::vector<std::string>& cells);  // ends in CR LF

}  // namespace seals::sealctl
