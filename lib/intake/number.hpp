// Whole numbers as people type them into a form: 3, ３, 3份, "3 份", 1,000, 3.0, 三, 十二, 叁,
// 一式两份. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace seals::intake {

// nullopt when the text is no whole number, or not surely one ("3+1", "约3份", "1.5").
std::optional<std::int64_t> parse_whole(std::string_view text);

}  // namespace seals::intake
