#include "words/retention.hpp"

#include "catch.hpp"

using namespace seals;

namespace {

constexpr std::int64_t kDay = 86'400'000;

std::int64_t days(std::string_view term) {
    auto end = retention_end(Instant{1000}, term);
    return end ? (end->ms - 1000) / kDay : -1;
}

}  // namespace

TEST_CASE("a term is days or years, late rather than early, and what is none is for good") {
    CHECK(days("1d") == 1);
    CHECK(days("90d") == 90);
    CHECK(days("10y") == 3653);  // 2 or 3 leap years in it
    CHECK(days("30y") == 10958);
    for (auto none :
         {"permanent", "", "d", "y", "0d", "10", "10m", "-1d", "1.5y", "999999y", " 1d"})
        CHECK(days(none) == -1);
}

TEST_CASE("a file's class follows from who names it and how") {
    using enum RetentionClass;
    CHECK(retention_class_of(EventType::use_recorded, Kept::image, false) == scene);
    CHECK(retention_class_of(EventType::use_recorded, Kept::image, true) == scene);
    CHECK(retention_class_of(EventType::use_recorded, Kept::document, false) == documents);
    CHECK(retention_class_of(EventType::use_recorded, Kept::document, true) == finance);
    CHECK(retention_class_of(EventType::request_accepted, Kept::image, false) == documents);
    CHECK(retention_class_of(EventType::seal_destroyed, Kept::image, true) == lists);
    CHECK(row_of(lists).default_term == "permanent");
}
