// Chart: bars as SVG, made of numbers and text that is in it. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace seals::report {

struct Bar {
    std::string name;
    std::int64_t ordinary = 0, cross_page = 0;
};

// Names at the left, one bar a line; no more than `most`: the smallest then stand together.
std::string lying_bars(std::string_view title, std::vector<Bar> bars, std::size_t most);
// Names below; for hours.
std::string standing_bars(std::string_view title, const std::vector<Bar>& bars);

}  // namespace seals::report
