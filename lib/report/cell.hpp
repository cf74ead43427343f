// Cell of a report: text that others may have written, or a number that we wrote. Plain value.
#pragma once

#include <cstdint>
#include <string>

namespace seals::report {

struct Cell {
    std::string text;
    bool number = false;

    Cell() = default;
    Cell(std::string words) : text(std::move(words)) {}
    Cell(const char* words) : text(words) {}
    Cell(std::int64_t n) : text(std::to_string(n)), number(true) {}
};

}  // namespace seals::report
