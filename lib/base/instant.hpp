// Instant: a moment in UTC, in whole milliseconds. Durations are std::chrono::milliseconds.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seals {

using std::chrono::milliseconds;

struct Instant {
    std::int64_t ms = 0;  // since 1970-01-01T00:00:00Z

    friend auto operator<=>(const Instant&, const Instant&) = default;
    friend Instant operator+(Instant t, milliseconds d) { return {t.ms + d.count()}; }
    friend Instant operator-(Instant t, milliseconds d) { return {t.ms - d.count()}; }
    friend milliseconds operator-(Instant a, Instant b) { return milliseconds{a.ms - b.ms}; }
};

// RFC 3339 with milliseconds and Z: "2026-11-25T01:02:03.004Z".
std::string to_rfc3339(Instant at);
// RFC 3339 with any offset, optional fraction; nullopt when it is no valid time (2026-13-45).
std::optional<Instant> from_rfc3339(std::string_view text);

// The civil fields of a moment at a fixed offset; both directions are exact for years 1..9999.
struct Civil {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0;
};
bool valid_civil(const Civil& civil);
Instant from_civil(const Civil& civil, std::chrono::minutes offset);  // of a valid one
Civil to_civil(Instant at, std::chrono::minutes offset);

}  // namespace seals
