#include "moment.hpp"

#include <array>
#include <cstdio>
#include <ctime>

#include <fmt/format.h>

#include "words/cli_texts.hpp"

namespace seals::sealctl {
namespace {

using std::chrono::minutes;

constexpr minutes kBeijing{480};
constexpr std::int64_t kDay = 86'400'000;

minutes local_offset(Instant at) {
    auto seconds = static_cast<std::time_t>(at.ms / 1000);
    std::tm fields{};
    if (::localtime_r(&seconds, &fields) == nullptr) return minutes{0};
    return minutes{fields.tm_gmtoff / 60};
}

minutes offset_at(Instant at, Language language) {
    return language == Language::zh_CN ? kBeijing : local_offset(at);
}

// The offset in force at that civil time: found at the moment it would be without one, once more.
Instant at_civil(const Civil& civil, Language language) {
    auto guess = from_civil(civil, offset_at(from_civil(civil, minutes{0}), language));
    return from_civil(civil, offset_at(guess, language));
}

}  // namespace

std::string time_text(Instant at, Language language) {
    auto c = to_civil(at, offset_at(at, language));
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", c.year, c.month, c.day, c.hour,
                       c.minute, c.second);
}

std::string time_with_zone(Instant at, Language language) {
    auto text = time_text(at, language);
    if (language == Language::zh_CN) return text;
    auto offset = local_offset(at).count();
    auto size = offset < 0 ? -offset : offset;
    return text + fmt::format(" {}{:02}:{:02}", offset < 0 ? '-' : '+', size / 60, size % 60);
}

std::string duration_text(milliseconds span, Language language) {
    auto seconds = span.count() / 1000;
    struct Unit {
        const char* key;
        std::int64_t size;
    };
    static constexpr std::array<Unit, 4> kUnits{
        {{"span.days", 86'400}, {"span.hours", 3600}, {"span.minutes", 60}, {"span.seconds", 1}}};
    std::string text;
    int parts = 0;
    for (const auto& unit : kUnits) {
        auto count = seconds / unit.size;
        seconds %= unit.size;
        if (count == 0 && (parts == 0) && unit.size > 1) continue;
        if (parts == 2 || (parts > 0 && count == 0)) break;
        text += (text.empty() ? "" : " ") + cli_text(language, unit.key, {std::to_string(count)});
        ++parts;
    }
    return text;
}

std::optional<Instant> instant_of(const Value* value) {
    if (value == nullptr) return std::nullopt;
    if (const auto* ms = value->integer()) return Instant{*ms};
    if (const auto* text = value->string()) return from_rfc3339(*text);
    return std::nullopt;
}

std::optional<Instant> time_from(std::string_view text, Language language, Edge edge) {
    if (auto at = from_rfc3339(text)) return at;
    Civil c;
    int used = 0;
    std::string line(text);
    auto whole = [&](int fields, int wanted) {
        return fields == wanted && static_cast<std::size_t>(used) == line.size();
    };
    bool day =
        whole(std::sscanf(line.c_str(), "%4d-%2d-%2d%n", &c.year, &c.month, &c.day, &used), 3);
    bool minute = !day && whole(std::sscanf(line.c_str(), "%4d-%2d-%2d%*1[ T]%2d:%2d%n", &c.year,
                                            &c.month, &c.day, &c.hour, &c.minute, &used),
                                5);
    bool second = !day && !minute &&
                  whole(std::sscanf(line.c_str(), "%4d-%2d-%2d%*1[ T]%2d:%2d:%2d%n", &c.year,
                                    &c.month, &c.day, &c.hour, &c.minute, &c.second, &used),
                        6);
    if ((!day && !minute && !second) || !valid_civil(c)) return std::nullopt;
    auto at = at_civil(c, language);
    return day && edge == Edge::end ? Instant{at.ms + kDay - 1} : at;
}

}  // namespace seals::sealctl
