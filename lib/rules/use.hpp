// Use: one document stamped under one line of a request, and its number in the register: year,
// cabinet, serial number within the year ("2026-cab-1-000123"). Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seals::rules {

struct RegisterNumber {
    std::int64_t year = 0, number = 0;
};

// "organisation/cabinet[/sim]": the middle.
std::string_view cabinet_in(std::string_view origin);

std::string register_id(std::string_view cabinet, const RegisterNumber& number);
std::optional<RegisterNumber> register_number(std::string_view id);  // nothing: it is none

}  // namespace seals::rules
