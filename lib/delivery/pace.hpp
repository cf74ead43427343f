// Pace: how long one waits, as options say it and after attempts that failed. Pure, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "base/instant.hpp"

namespace seals::delivery {

// "500ms", "30s", "15m", "6h", "7d"; a bare number is seconds. nullopt: it is none of these.
std::optional<milliseconds> read_span(std::string_view text);

// After that many attempts: `first`, then twice as long and so on, up to six hours (or `first`).
milliseconds wait_after(std::int64_t attempts, milliseconds first);

}  // namespace seals::delivery
