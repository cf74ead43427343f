// The text of one cell, read as a clerk reads it: blanks off its ends, full-width signs narrowed
// where only the value counts, spreadsheet escapes undone, marks that mean "nothing" seen as
// nothing. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace seals::intake {

// Blanks of every kind off both ends, invisible characters and control characters out, line ends as
// "\n", ="0012" and '0012 (a spreadsheet's way to keep zeros) undone. Otherwise as written.
std::string clean(std::string_view cell);

// Full-width letters, digits and signs as ASCII, every blank as a space, every dash as '-'.
std::string narrow(std::string_view cell);

// narrow, without blanks, ASCII letters in lower case: for comparing words with a vocabulary.
std::string folded(std::string_view cell);

bool means_nothing(std::string_view cleaned);  // "", "-", "/", "无", "N/A", "NULL" ...

// The parts of a list in a cell, narrowed: ; , 、 / | blanks and line ends stand between them.
// Empty parts and repeats are left out, the order stays.
std::vector<std::string> split_list(std::string_view cell);
std::vector<std::string> split_parts(std::string_view cell);  // the same, repeats kept

// A number that a spreadsheet cut to "2.02611E+11": digits are lost, so it is no id.
bool cut_by_spreadsheet(std::string_view narrowed);

std::string clip(std::string_view text, std::size_t bytes = 80);  // whole characters, then "…"
// Clipped, for a message. (Not "quoted": with a std::string that may be std::quoted.)
std::string in_quotes(std::string_view text);

}  // namespace seals::intake
