#include "intake/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "intake/cell.hpp"

namespace seals::intake {
namespace {

struct Numeral {
    std::string_view sign;
    std::int64_t value;
};
constexpr std::array kDigits{Numeral{"零", 0}, Numeral{"〇", 0}, Numeral{"一", 1}, Numeral{"二", 2},
                             Numeral{"三", 3}, Numeral{"四", 4}, Numeral{"五", 5}, Numeral{"六", 6},
                             Numeral{"七", 7}, Numeral{"八", 8}, Numeral{"九", 9}, Numeral{"两", 2},
                             Numeral{"壹", 1}, Numeral{"贰", 2}, Numeral{"叁", 3}, Numeral{"肆", 4},
                             Numeral{"伍", 5}, Numeral{"陆", 6}, Numeral{"柒", 7}, Numeral{"捌", 8},
                             Numeral{"玖", 9}};
constexpr std::array kPowers{Numeral{"十", 10}, Numeral{"百", 100}, Numeral{"千", 1000},
                             Numeral{"拾", 10}, Numeral{"佰", 100}, Numeral{"仟", 1000}};
constexpr std::array<std::string_view, 4> kBefore{"一式", "壹式", "共计", "共"};
constexpr std::array<std::string_view, 9> kUnits{"份", "次", "枚", "张", "个",
                                                 "套", "册", "本", "整"};

template <std::size_t N>
bool take(std::string_view& text, const std::array<Numeral, N>& from, std::int64_t& value) {
    for (const auto& [sign, worth] : from) {
        if (!text.starts_with(sign)) continue;
        value = worth;
        text.remove_prefix(sign.size());
        return true;
    }
    return false;
}

// 十二, 二十, 一百零五, 两千: powers must fall, or it is no number.
std::optional<std::int64_t> parse_numerals(std::string_view text) {
    std::int64_t total = 0, last_power = 10'000;
    bool gap = false;
    while (!text.empty()) {
        std::int64_t digit = -1, power = 1;
        bool has_digit = take(text, kDigits, digit);
        bool has_power = take(text, kPowers, power);
        if (!has_digit && !has_power) return std::nullopt;
        if (has_digit && digit == 0 && !has_power) {
            if (gap || (total == 0 && !text.empty())) return std::nullopt;
            gap = true;
            continue;
        }
        if (!has_digit && (total != 0 || power != 10)) return std::nullopt;
        if (power >= last_power) return std::nullopt;
        total += (has_digit ? digit : 1) * power;
        last_power = power;
    }
    return total;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "2 3" is two numbers, never 23.
bool splits_digits(std::string_view text) {
    auto narrowed = narrow(text);
    for (std::size_t i = 1; i + 1 < narrowed.size(); ++i) {
        if (narrowed[i] != ' ' && narrowed[i] != '\n') continue;
        auto next = narrowed.find_first_not_of(" \n", i);
        if (is_digit(narrowed[i - 1]) && next != std::string::npos && is_digit(narrowed[next]))
            return true;
    }
    return false;
}

// Separators only where thousands stand: 1,000 yes, 10,00 no.
std::optional<std::string> without_separators(std::string_view text) {
    if (text.find(',') == std::string_view::npos) return std::string(text);
    std::string out;
    bool first = true;
    for (std::string_view rest = text;; first = false) {
        auto comma = rest.find(',');
        auto group = rest.substr(0, comma);
        if (group.empty() || group.size() > 3 || (!first && group.size() != 3)) return std::nullopt;
        out += group;
        if (comma == std::string_view::npos) return out;
        rest.remove_prefix(comma + 1);
    }
}

std::optional<std::int64_t> parse_digits(std::string_view text) {
    auto dot = text.find('.');
    if (dot != std::string_view::npos) {
        auto fraction = text.substr(dot + 1);
        if (fraction.empty() || fraction.find_first_not_of('0') != std::string_view::npos)
            return std::nullopt;
        text = text.substr(0, dot);
    }
    bool minus = text.starts_with('-');
    if (minus) text.remove_prefix(1);
    auto plain = without_separators(text);
    if (!plain || plain->empty() || plain->size() > 18 ||
        !std::all_of(plain->begin(), plain->end(), is_digit))
        return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(plain->data(), plain->data() + plain->size(), value);
    return minus ? -value : value;
}

}  // namespace

std::optional<std::int64_t> parse_whole(std::string_view text) {
    if (splits_digits(text)) return std::nullopt;
    auto folded_text = folded(text);
    std::string_view rest = folded_text;
    for (auto unit : kUnits)
        if (rest.ends_with(unit)) {
            rest.remove_suffix(unit.size());
            break;
        }
    for (auto word : kBefore)
        if (rest.starts_with(word) && rest.size() > word.size()) {
            rest.remove_prefix(word.size());
            break;
        }
    if (rest.empty()) return std::nullopt;
    if (is_digit(rest[0]) || rest[0] == '-') return parse_digits(rest);
    return parse_numerals(rest);
}

}  // namespace seals::intake
