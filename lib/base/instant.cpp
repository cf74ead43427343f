#include "base/instant.hpp"

#include <charconv>

#include <fmt/format.h>

namespace seals {
namespace {

using std::chrono::days;
using std::chrono::floor;

// Reads exactly `digits` digits at the front of `text`, and takes them off.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    int value = 0;
    if (text.size() < digits) return std::nullopt;
    auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
    if (error != std::errc{} || end != text.data() + digits || text[0] == '-') return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

bool take_char(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text[0]) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

bool take_fields(std::string_view& text, Civil& civil) {
    struct Part {
        int Civil::*field;
        std::size_t digits;
        std::string_view after;
    };
    constexpr Part kParts[] = {{&Civil::year, 4, "-"},   {&Civil::month, 2, "-"},
                               {&Civil::day, 2, "Tt "},  {&Civil::hour, 2, ":"},
                               {&Civil::minute, 2, ":"}, {&Civil::second, 2, ""}};
    for (const auto& part : kParts) {
        auto number = take_number(text, part.digits);
        if (!number || (!part.after.empty() && !take_char(text, part.after))) return false;
        civil.*part.field = *number;
    }
    return true;
}

bool take_fraction(std::string_view& text, Civil& civil) {
    if (!take_char(text, ".")) return true;
    int scale = 100;
    bool any = false;
    while (auto digit = take_number(text, 1)) {
        civil.ms += *digit * scale;
        scale /= 10;
        any = true;
    }
    return any;
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    if (take_char(text, "Zz")) return std::chrono::minutes{0};
    bool west = !text.empty() && text[0] == '-';
    if (!take_char(text, "+-")) return std::nullopt;
    auto hours = take_number(text, 2);
    if (!hours || !take_char(text, ":")) return std::nullopt;
    auto minutes = take_number(text, 2);
    if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    auto offset = std::chrono::minutes{*hours * 60 + *minutes};
    return west ? -offset : offset;
}

}  // namespace

bool valid_civil(const Civil& c) {
    auto date = std::chrono::year{c.year} / c.month / c.day;
    auto in = [](int value, int most) { return value >= 0 && value <= most; };
    return c.year >= 1 && c.year <= 9999 && c.month >= 1 && c.day >= 1 && date.ok() &&
           in(c.hour, 23) && in(c.minute, 59) && in(c.second, 59) && in(c.ms, 999);
}

Instant from_civil(const Civil& c, std::chrono::minutes offset) {
    auto date = std::chrono::sys_days{std::chrono::year{c.year} / c.month / c.day};
    std::int64_t seconds = date.time_since_epoch().count() * 86400LL + c.hour * 3600LL +
                           c.minute * 60LL + c.second - offset.count() * 60LL;
    return {seconds * 1000 + c.ms};
}

Civil to_civil(Instant at, std::chrono::minutes offset) {
    auto local = std::chrono::sys_time<milliseconds>{milliseconds{at.ms}} + offset;
    auto date = floor<days>(local);
    std::chrono::year_month_day ymd{date};
    std::chrono::hh_mm_ss time{local - date};
    return {static_cast<int>(ymd.year()),
            static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day())),
            static_cast<int>(time.hours().count()),
            static_cast<int>(time.minutes().count()),
            static_cast<int>(time.seconds().count()),
            static_cast<int>(time.subseconds().count())};
}

std::string to_rfc3339(Instant at) {
    auto c = to_civil(at, {});
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", c.year, c.month, c.day, c.hour,
                       c.minute, c.second, c.ms);
}

std::optional<Instant> from_rfc3339(std::string_view text) {
    Civil civil;
    if (!take_fields(text, civil) || !take_fraction(text, civil)) return std::nullopt;
    auto offset = take_offset(text);
    if (!offset || !text.empty() || !valid_civil(civil)) return std::nullopt;
    return from_civil(civil, *offset);
}

}  // namespace seals
