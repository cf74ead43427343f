#include "base/instant.hpp"

#include <random>

#include "catch.hpp"

using namespace seals;

namespace {

constexpr std::int64_t kFirst = -62135596800000;  // 0001-01-01T00:00:00.000Z
constexpr std::int64_t kLast = 253402300799999;   // 9999-12-31T23:59:59.999Z

}  // namespace

TEST_CASE("every moment of the years 1 to 9999 survives RFC 3339 and back") {
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::int64_t> moments(kFirst, kLast);
    for (int i = 0; i < 5000; ++i) {
        Instant at{moments(random)};
        CHECK(from_rfc3339(to_rfc3339(at)) == at);
    }
    for (auto ms : {kFirst, kLast, std::int64_t{0}, std::int64_t{-1}})
        CHECK(from_rfc3339(to_rfc3339({ms})) == Instant{ms});
}

TEST_CASE("civil fields at any offset come back to the same moment") {
    std::mt19937_64 random(2);
    std::uniform_int_distribution<std::int64_t> moments(kFirst + 86400000, kLast - 86400000);
    std::uniform_int_distribution<int> offsets(-14 * 60, 14 * 60);
    for (int i = 0; i < 5000; ++i) {
        Instant at{moments(random)};
        std::chrono::minutes offset{offsets(random)};
        auto civil = to_civil(at, offset);
        CHECK(valid_civil(civil));
        CHECK(from_civil(civil, offset) == at);
    }
}

TEST_CASE("known moments are written as a calendar says") {
    CHECK(to_rfc3339({0}) == "1970-01-01T00:00:00.000Z");
    CHECK(to_rfc3339({951782400000}) == "2000-02-29T00:00:00.000Z");
    CHECK(to_rfc3339({1795656896789}) == "2026-11-26T01:34:56.789Z");
    CHECK(to_rfc3339({kFirst}) == "0001-01-01T00:00:00.000Z");
    CHECK(to_rfc3339({kLast}) == "9999-12-31T23:59:59.999Z");
}

TEST_CASE("offsets and fractions are understood") {
    auto noon = from_rfc3339("2026-11-25T12:00:00Z");
    REQUIRE(noon);
    CHECK(from_rfc3339("2026-11-25T20:00:00+08:00") == noon);
    CHECK(from_rfc3339("2026-11-25T06:30:00-05:30") == noon);
    CHECK(from_rfc3339("2026-11-25t12:00:00z") == noon);
    CHECK(from_rfc3339("2026-11-25 12:00:00.0Z") == noon);
    CHECK(from_rfc3339("2026-11-25T12:00:00.5Z") == *noon + milliseconds{500});
    CHECK(from_rfc3339("2026-11-25T12:00:00.123456789Z") == *noon + milliseconds{123});
}

TEST_CASE("what is no moment is refused") {
    for (auto text : {"",
                      "2026-11-25",
                      "2026-11-25T12:00:00",
                      "2026-13-01T00:00:00Z",
                      "2026-02-29T00:00:00Z",
                      "2026-11-31T00:00:00Z",
                      "2026-00-10T00:00:00Z",
                      "2026-01-00T00:00:00Z",
                      "2026-11-25T24:00:00Z",
                      "2026-11-25T12:60:00Z",
                      "2026-11-25T12:00:60Z",
                      "0000-01-01T00:00:00Z",
                      "2026-11-25T12:00:00.Z",
                      "2026-11-25T12:00:00+24:00",
                      "2026-11-25T12:00:00+08:60",
                      "2026-11-25T12:00:00+0800",
                      "2026-11-25T12:00:00Z ",
                      " 2026-11-25T12:00:00Z",
                      "2026-1-25T12:00:00Z",
                      "2026-+1-25T12:00:00Z",
                      "2026--1-25T12:00:00Z",
                      "20261125T120000Z",
                      "2026-11-25T12:00:00ZZ"}) {
        INFO(text);
        CHECK_FALSE(from_rfc3339(text));
    }
}

TEST_CASE("moments and durations add up") {
    Instant at{1000};
    CHECK((at + milliseconds{5}) - at == milliseconds{5});
    CHECK(at - milliseconds{5} < at);
    CHECK(Instant{1} - Instant{3} == milliseconds{-2});
}
