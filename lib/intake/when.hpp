// Points in time as OA systems and spreadsheets write them. A time without an offset is a local one
// of the export's zone. Pure, any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace seals::intake {

// An IANA time zone, with its history ("Asia/Shanghai" had summer time until 1991).
class Zone {
  public:
    static Result<Zone> named(const std::string& name);  // Code::invalid: no such zone
    // A local time that a change of clocks skipped or doubled is read as before the change.
    Instant to_utc(const Civil& local) const;

  private:
    using Offset = std::function<milliseconds(std::int64_t local_ms)>;
    explicit Zone(Offset offset) : offset_(std::move(offset)) {}
    Offset offset_;
};

// What a date without a time means: its first moment, or (for a term that ends) its last second.
enum class DayPart { start, end };

// Accepts 2026-11-14T09:21:00+08:00, 2026-11-14 9:21[:00], 2026/11/14 上午9:21, 2026.11.14,
// 2026年11月14日 9时21分, 20261114092100, a spreadsheet's day number (46340.39), seconds or
// milliseconds since 1970, all of it in full width too. Refuses impossible dates, two-digit years
// and orders of day and month that could be read in two ways; the detail says why.
Result<Instant> parse_when(std::string_view text, const Zone& zone, DayPart date_only);

}  // namespace seals::intake
