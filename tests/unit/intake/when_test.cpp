#include "intake/when.hpp"

#include <random>

#include <fmt/format.h>

#include "reading.hpp"

using namespace intake_test;

namespace {

const Zone& shanghai() {
    static const auto zone = Zone::named("Asia/Shanghai");
    return zone.value();
}

std::string when(const std::string& text, DayPart part = DayPart::start) {
    auto at = parse_when(text, shanghai(), part);
    return at ? to_rfc3339(*at) : "refused";
}

}  // namespace

TEST_CASE("one moment is read from every style that an office writes") {
    for (std::string text : {"2026-11-14T09:21:00+08:00",
                             "2026-11-14T01:21:00Z",
                             "2026-11-14T09:21:00.000+0800",
                             "2026-11-14 09:21:00 +08",
                             "2026-11-14T09:21:00",
                             "2026-11-14 09:21:00",
                             "2026-11-14 09:21",
                             "2026-11-14  9:21",
                             "2026/11/14 9:21",
                             "2026/11/14 09:21:00.0",
                             "2026.11.14 9:21",
                             "2026年11月14日 09:21",
                             "2026年11月14日09:21",
                             "2026年11月14日 9时21分",
                             "2026年11月14日9点21分0秒",
                             "2026年11月14日 星期六 09:21",
                             "2026-11-14(周六) 09:21",
                             "2026/11/14 上午9:21",
                             "2026-11-14 上午 09:21:00",
                             "2026-11-14 9:21 AM",
                             "2026-11-14 9:21:00 am",
                             "２０２６－１１－１４　０９：２１",
                             "２０２６年１１月１４日 ９：２１",
                             "20261114092100",
                             "202611140921",
                             "46340.389583333",
                             "1794619260",
                             "1794619260000",
                             "2026-11-14 09:21:00 UTC+8",
                             "2026-11-14T09:21+08:00",
                             " 2026-11-14\n09:21 "}) {
        INFO(text);
        CHECK(when(text) == "2026-11-14T01:21:00.000Z");
    }
}

TEST_CASE("halves of the day are counted as a clock counts them") {
    CHECK(when("2026-11-14 下午3:05") == "2026-11-14T07:05:00.000Z");
    CHECK(when("2026-11-14 下午15:05") == "2026-11-14T07:05:00.000Z");
    CHECK(when("2026-11-14 下午12:00") == "2026-11-14T04:00:00.000Z");
    CHECK(when("2026-11-14 上午12:30") == "2026-11-13T16:30:00.000Z");
    CHECK(when("2026-11-14 中午12:30") == "2026-11-14T04:30:00.000Z");
    CHECK(when("2026-11-14 12:30:00 PM") == "2026-11-14T04:30:00.000Z");
    CHECK(when("2026-11-14 晚上8点半") == "2026-11-14T12:30:00.000Z");
    CHECK(when("2026-11-14 上午15:05") == "refused");
    CHECK(when("2026-11-14 下午") == "refused");
}

TEST_CASE("a date alone is its first moment, or its last where a term ends") {
    for (std::string text : {"2026-11-14", "2026/11/14", "2026年11月14日", "20261114", "46340"}) {
        CHECK(when(text) == "2026-11-13T16:00:00.000Z");
        CHECK(when(text, DayPart::end) == "2026-11-14T15:59:59.000Z");
    }
    CHECK(when("2026-11-14 24:00") == "2026-11-14T16:00:00.000Z");
}

TEST_CASE("impossible, ambiguous and half-read times are refused") {
    for (std::string text : {"",
                             "2026-13-45",
                             "2026-02-30",
                             "2026-11-31",
                             "2026-00-10",
                             "2026-11-14 25:00",
                             "2026-11-14 09:60",
                             "2026-11-14 09:21:60",
                             "11/14/2026",
                             "14.11.2026",
                             "26-11-14",
                             "2026-11",
                             "2026年",
                             "昨天",
                             "2026-11-14 09:21 x",
                             "2026-11-14 9",
                             "2026-11-14 09:21:",
                             "12345",
                             "123456",
                             "0000-00-00",
                             "1900-01-00",
                             "9999-12-31",
                             "2026-11-14 24:01",
                             "2026-11-14T09:21:00+25:00",
                             "2026-1-114",
                             "99999999999999999999",
                             "2026-11-14 09:21:00 PST"}) {
        INFO(text);
        CHECK(when(text) == "refused");
    }
    CHECK(when("2024-02-29") == "2024-02-28T16:00:00.000Z");
    CHECK(when("2026-02-29") == "refused");
}

TEST_CASE("a local time is of the export's zone, summer time included") {
    auto berlin = Zone::named("Europe/Berlin");
    REQUIRE(berlin);
    CHECK(to_rfc3339(*parse_when("2026-07-01 12:00", *berlin, DayPart::start)) ==
          "2026-07-01T10:00:00.000Z");
    CHECK(to_rfc3339(*parse_when("2026-12-01 12:00", *berlin, DayPart::start)) ==
          "2026-12-01T11:00:00.000Z");
    CHECK_FALSE(Zone::named("Asia/Nowhere"));
    CHECK_FALSE(Zone::named(""));
}

TEST_CASE("every minute of the century is read back from every style") {
    std::mt19937_64 dice(3);
    for (int i = 0; i < 2000; ++i) {
        Instant at{static_cast<std::int64_t>(946684800 / 60 + dice() % (99ULL * 365 * 24 * 60)) *
                   60'000};
        auto c = to_civil(at, std::chrono::minutes{480});
        if (c.year < 2000) continue;
        auto expected = to_rfc3339(at);
        CHECK(when(fmt::format("{}-{:02}-{:02}T{:02}:{:02}:00+08:00", c.year, c.month, c.day,
                               c.hour, c.minute)) == expected);
        CHECK(when(fmt::format("{}-{:02}-{:02} {:02}:{:02}:00", c.year, c.month, c.day, c.hour,
                               c.minute)) == expected);
        CHECK(when(fmt::format("{}/{}/{} {}:{:02}", c.year, c.month, c.day, c.hour, c.minute)) ==
              expected);
        CHECK(when(fmt::format("{}年{}月{}日 {:02}:{:02}", c.year, c.month, c.day, c.hour,
                               c.minute)) == expected);
        auto half = c.hour < 12 ? "上午" : "下午";
        CHECK(when(fmt::format("{}.{}.{} {}{}:{:02}", c.year, c.month, c.day, half,
                               (c.hour + 11) % 12 + 1, c.minute)) == expected);
        auto days = static_cast<double>(at.ms / 1000 + 8 * 3600) / 86400 + 25569;
        if (days < 99999) CHECK(when(fmt::format("{:.9f}", days)) == expected);
    }
}
