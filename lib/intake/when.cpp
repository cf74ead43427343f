#include "intake/when.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "intake/cell.hpp"

namespace seals::intake {
namespace {

constexpr int kFirstYear = 2000, kLastYear = 2199;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

Error bad(std::string_view text, std::string_view why) {
    return invalid({}, in_quotes(text) + " " + std::string(why));
}

// Takes things off the front of a text; each take_ leaves it alone when it does not fit.
struct Cursor {
    std::string_view rest;

    void skip_spaces() { rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size())); }
    bool take(std::string_view sign) {
        if (!rest.starts_with(sign)) return false;
        rest.remove_prefix(sign.size());
        return true;
    }
    std::optional<int> take_int(std::size_t most) {
        std::size_t size = 0;
        int value = 0;
        while (size < std::min(most, rest.size()) && is_digit(rest[size]))
            value = value * 10 + (rest[size++] - '0');
        if (size == 0 || (size < rest.size() && is_digit(rest[size]))) return std::nullopt;
        rest.remove_prefix(size);
        return value;
    }
};

enum class Half { none, morning, noon, evening };

struct HalfWord {
    std::string_view word;
    Half half;
};
constexpr std::array kHalves{HalfWord{"上午", Half::morning}, HalfWord{"早上", Half::morning},
                             HalfWord{"凌晨", Half::morning}, HalfWord{"am", Half::morning},
                             HalfWord{"a.m.", Half::morning}, HalfWord{"下午", Half::evening},
                             HalfWord{"晚上", Half::evening}, HalfWord{"傍晚", Half::evening},
                             HalfWord{"pm", Half::evening},   HalfWord{"p.m.", Half::evening},
                             HalfWord{"中午", Half::noon}};

struct Parsed {
    Civil civil;
    bool has_time = false;
    bool next_day = false;  // 24:00
    std::optional<std::chrono::minutes> offset;
    Half half = Half::none;
};

bool take_half(Cursor& at, Parsed& out) {
    at.skip_spaces();
    for (const auto& [word, half] : kHalves) {
        if (out.half != Half::none || !at.take(word)) continue;
        out.half = half;
        return true;
    }
    return false;
}

bool take_date(Cursor& at, Civil& civil) {
    auto part = [&](int Civil::*field, std::size_t digits) {
        at.skip_spaces();
        auto number = at.take_int(digits);
        if (number) civil.*field = *number;
        at.skip_spaces();
        return number.has_value();
    };
    auto separator = [&](std::string_view word) {
        return at.take(word) || at.take("-") || at.take("/") || at.take(".");
    };
    if (at.rest.size() < 5 || !std::all_of(at.rest.begin(), at.rest.begin() + 4, is_digit))
        return false;
    if (!part(&Civil::year, 4) || !separator("年")) return false;
    if (!part(&Civil::month, 2) || !separator("月") || !part(&Civil::day, 2)) return false;
    if (!at.take("日")) at.take("号");
    return true;
}

void skip_weekday(Cursor& at) {
    at.skip_spaces();
    auto before = at.rest;
    bool bracket = at.take("(");
    bool day = at.take("星期") || at.take("周") || at.take("礼拜");
    constexpr std::array<std::string_view, 8> kDays{"一", "二", "三", "四", "五", "六", "日", "天"};
    day = day && std::any_of(kDays.begin(), kDays.end(), [&](auto word) { return at.take(word); });
    if (!day || (bracket && !at.take(")"))) at.rest = before;
}

bool take_fraction(Cursor& at, Civil& civil) {
    if (!at.take(".") && !at.take(",")) return true;
    int scale = 100;
    bool any = false;
    for (; !at.rest.empty() && is_digit(at.rest[0]); at.rest.remove_prefix(1), scale /= 10) {
        civil.ms += (at.rest[0] - '0') * scale;
        any = true;
    }
    return any;
}

// H:M[:S[.f]], H时[M分[S秒]], H点M分
bool take_time(Cursor& at, Parsed& out) {
    auto hour = at.take_int(2);
    if (!hour) return false;
    out.civil.hour = *hour;
    out.has_time = true;
    at.skip_spaces();
    bool words = at.take("时") || at.take("点");
    if (!words && !at.take(":")) return false;
    at.skip_spaces();
    if (words && at.take("整")) return true;
    auto minute = at.take_int(2);
    if (!minute) return words && at.take("半") ? (out.civil.minute = 30, true) : words;
    out.civil.minute = *minute;
    bool more = at.take("分") || at.take(":");
    auto second = more ? at.take_int(2) : std::nullopt;
    if (!second) return !more || words;
    out.civil.second = *second;
    at.take("秒");
    return take_fraction(at, out.civil);
}

// Z, +08:00, +0800, +08, also after UTC or GMT.
bool take_offset(Cursor& at, Parsed& out) {
    at.skip_spaces();
    if (at.rest.empty()) return true;
    bool named = at.take("utc") || at.take("gmt");
    if (at.take("z") || (named && at.rest.empty())) {
        out.offset = std::chrono::minutes{0};
        return true;
    }
    bool west = at.take("-");
    if (!west && !at.take("+")) return false;
    auto digits = at.rest.substr(0, at.rest.find_first_not_of("0123456789"));
    if (digits.empty() || digits.size() == 3 || digits.size() > 4) return false;
    int hours = std::atoi(std::string(digits.substr(0, 2)).c_str()), minutes = 0;
    at.rest.remove_prefix(digits.size());
    if (digits.size() == 4) {
        minutes = std::atoi(std::string(digits.substr(2)).c_str());
    } else if (at.take(":")) {
        auto number = at.take_int(2);
        if (!number) return false;
        minutes = *number;
    }
    if (hours > 14 || minutes > 59) return false;
    out.offset = std::chrono::minutes{(west ? -1 : 1) * (hours * 60 + minutes)};
    return true;
}

bool apply_half(Parsed& out) {
    auto& hour = out.civil.hour;
    switch (out.half) {
        case Half::none:
            return true;
        case Half::morning:
            if (hour > 12) return false;
            if (hour == 12) hour = 0;
            return true;
        case Half::noon:
            if (hour >= 1 && hour <= 2) hour += 12;
            return hour >= 11 && hour <= 14;
        case Half::evening:
            if (hour == 0) return false;
            if (hour < 12) hour += 12;
            return hour < 24;
    }
    return false;
}

Result<Parsed> parse_written(std::string_view text, std::string_view original) {
    Cursor at{text};
    Parsed out;
    if (!take_date(at, out.civil))
        return bad(original, "is no date and time such as 2026-11-14 09:21");
    skip_weekday(at);
    at.skip_spaces();
    if (at.take("t") || at.take(",")) at.skip_spaces();
    take_half(at, out);
    skip_weekday(at);
    at.skip_spaces();
    if (!at.rest.empty()) {
        if (!take_time(at, out)) return bad(original, "has a time that cannot be read");
        take_half(at, out);
    }
    if (!take_offset(at, out)) return bad(original, "has something behind the time");
    if (out.half != Half::none && (!out.has_time || !apply_half(out)))
        return bad(original, "has a half of the day that does not fit its hour");
    return out;
}

// Times that are one number: digits run together, a spreadsheet's day number, time since 1970.
std::optional<Parsed> parse_compact(std::string_view digits) {
    constexpr std::array<std::size_t, 3> kSizes{8, 12, 14};
    if (std::find(kSizes.begin(), kSizes.end(), digits.size()) == kSizes.end()) return std::nullopt;
    auto part = [&](std::size_t at, std::size_t size) {
        return at + size <= digits.size() ? std::atoi(std::string(digits.substr(at, size)).c_str())
                                          : 0;
    };
    Parsed out;
    out.civil = {part(0, 4), part(4, 2), part(6, 2), part(8, 2), part(10, 2), part(12, 2), 0};
    out.has_time = digits.size() > 8;
    return out;
}

std::optional<Parsed> parse_day_number(std::string_view text) {
    auto dot = text.find('.');
    if (dot != 5 && !(dot == std::string_view::npos && text.size() == 5)) return std::nullopt;
    if (!all_digits(text.substr(0, 5))) return std::nullopt;
    if (dot == 5 && !all_digits(text.substr(6))) return std::nullopt;
    constexpr double kDaysBefore1970 = 25569;
    auto seconds =
        std::llround((std::strtod(std::string(text).c_str(), nullptr) - kDaysBefore1970) * 86400);
    Parsed out;
    out.civil = to_civil(Instant{seconds * 1000}, std::chrono::minutes{0});
    out.has_time = dot == 5;
    return out;
}

std::optional<Instant> parse_since_1970(std::string_view digits) {
    if (digits.size() != 10 && digits.size() != 13) return std::nullopt;
    std::int64_t number = std::strtoll(std::string(digits).c_str(), nullptr, 10);
    return Instant{digits.size() == 10 ? number * 1000 : number};
}

Result<Instant> settle(Parsed parsed, std::string_view text, const Zone& zone, DayPart date_only) {
    auto& civil = parsed.civil;
    if (!parsed.has_time && date_only == DayPart::end)
        civil.hour = 23, civil.minute = civil.second = 59;
    if (civil.hour == 24 && civil.minute == 0 && civil.second == 0 && civil.ms == 0) {
        civil.hour = 0;
        parsed.next_day = true;
    }
    if (!valid_civil(civil)) return bad(text, "is a date or time that does not exist");
    if (civil.year < kFirstYear || civil.year > kLastYear)
        return bad(text, "is not in the years " + std::to_string(kFirstYear) + " to " +
                             std::to_string(kLastYear));
    auto at = parsed.offset ? from_civil(civil, *parsed.offset) : zone.to_utc(civil);
    return parsed.next_day ? at + std::chrono::hours{24} : at;
}

}  // namespace

Result<Instant> parse_when(std::string_view text, const Zone& zone, DayPart date_only) {
    auto narrowed = narrow(clean(text));
    std::replace(narrowed.begin(), narrowed.end(), '\n', ' ');
    for (auto& c : narrowed)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    while (narrowed.ends_with(' '))
        narrowed.pop_back();
    std::optional<Parsed> parsed = parse_day_number(narrowed);
    if (all_digits(narrowed)) {
        if (auto at = parse_since_1970(narrowed))
            return settle(
                {to_civil(*at, std::chrono::minutes{0}), true, false, std::chrono::minutes{0}},
                text, zone, date_only);
        if (!parsed) parsed = parse_compact(narrowed);
    }
    if (parsed) return settle(*parsed, text, zone, date_only);
    auto written = parse_written(narrowed, text);
    if (!written) return written.error();
    return settle(*written, text, zone, date_only);
}

}  // namespace seals::intake
