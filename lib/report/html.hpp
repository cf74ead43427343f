// HTML by hand: text made safe for it, and the style of our pages. One file with nothing from
// outside: no script, no font, no picture that is not in it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace seals::report {

std::string escaped(std::string_view text);  // cleaned, for text and for attributes in ""
// The same for text in a narrow cell: days stay on one line, and it may go on below after a dash,
// a slash, or before a bracket.
std::string escaped_cell(std::string_view text);

// From the doctype to the opened body, and the end.
std::string html_begin(std::string_view title, std::string_view style);
std::string_view html_end();
std::string_view page_style();  // A4 landscape, a section.page a page

}  // namespace seals::report
