#include "delivery/pace.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace seals::delivery {

std::optional<milliseconds> read_span(std::string_view text) {
    constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
        {"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}, {"", 1'000}};
    constexpr std::int64_t kMost = 1'000'000;
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 0 || number > kMost) return std::nullopt;
    std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    for (const auto& [unit, ms] : kUnits)
        if (rest == unit) return milliseconds{number * ms};
    return std::nullopt;
}

milliseconds wait_after(std::int64_t attempts, milliseconds first) {
    constexpr milliseconds kLongest{6 * 3'600'000};
    constexpr std::int64_t kMostDoublings = 20;
    auto doublings = std::clamp<std::int64_t>(attempts - 1, 0, kMostDoublings);
    return std::min(milliseconds{first.count() << doublings}, std::max(first, kLongest));
}

}  // namespace seals::delivery
