// How many columns text takes on a terminal, and text made safe for one. A table of our own and not
// wcwidth(3), so that it is right in every locale, also "C". Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace seals {

// The code point at `at`, which moves past it. A byte that is no UTF-8 is U+FFFD.
char32_t next_code_point(std::string_view text, std::size_t& at);

std::size_t columns_of(char32_t c);  // 0: combining, 2: Chinese, full width, emoji
std::size_t columns_of(std::string_view text);

// What others wrote, for a terminal: line breaks and tabs become spaces, control characters and
// marks that turn the direction of text become U+FFFD.
std::string cleaned(std::string_view text);

}  // namespace seals
