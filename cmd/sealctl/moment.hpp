// Times as people read and type them: with their date, on a 24 h clock; Beijing time in Chinese,
// the local one of the process otherwise. Any thread, as far as localtime_r(3) is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/value.hpp"
#include "words/texts.hpp"

namespace seals::sealctl {

std::string time_text(Instant at, Language language);       // "2026-11-25 09:21:00"
std::string time_with_zone(Instant at, Language language);  // the same and " +00:00" in English
std::string duration_text(milliseconds span, Language language);  // "3 d 4 h", "12 s"

// As the API writes times (RFC 3339) and as leaves do (ms since 1970).
std::optional<Instant> instant_of(const Value* value);

enum class Edge { start, end };
// RFC 3339, "YYYY-MM-DD hh:mm[:ss]" or "YYYY-MM-DD", which is that day's first or last moment.
std::optional<Instant> time_from(std::string_view text, Language language, Edge edge);

}  // namespace seals::sealctl
