#include <charconv>

#include "rules/use.hpp"

namespace seals::rules {
namespace {

constexpr std::size_t kYearDigits = 4, kSerialDigits = 6;

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

std::string padded(std::int64_t number, std::size_t digits) {
    auto text = std::to_string(number);
    if (text.size() < digits) text.insert(0, digits - text.size(), '0');
    return text;
}

}  // namespace

std::string_view cabinet_in(std::string_view origin) {
    auto first = origin.find('/');
    if (first == std::string_view::npos) return origin;
    auto rest = origin.substr(first + 1);
    return rest.substr(0, rest.find('/'));
}

std::string register_id(std::string_view cabinet, const RegisterNumber& number) {
    return padded(number.year, kYearDigits) + "-" + std::string(cabinet) + "-" +
           padded(number.number, kSerialDigits);
}

std::optional<RegisterNumber> register_number(std::string_view id) {
    auto first = id.find('-'), last = id.rfind('-');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    auto year = number_in(id.substr(0, first));
    auto number = number_in(id.substr(last + 1));
    if (!year || !number) return std::nullopt;
    return RegisterNumber{*year, *number};
}

}  // namespace seals::rules
