// UTF-8: is it valid, how many code points. Columns on a terminal are the CLI's affair.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace seals {

bool valid_utf8(std::string_view text);                // no overlong forms, no surrogates
std::size_t count_code_points(std::string_view text);  // of valid UTF-8
std::string_view trimmed(std::string_view text);       // ASCII white space off both ends
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace seals
