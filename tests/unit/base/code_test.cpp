#include "base/code.hpp"

#include <set>

#include "catch.hpp"

using namespace seals;

TEST_CASE("rows of the code table stand in the order of the enumeration") {
    for (std::size_t i = 0; i < kCodes.size(); ++i) {
        CHECK(static_cast<std::size_t>(kCodes[i].code) == i);
        CHECK(row_of(kCodes[i].code).name == kCodes[i].name);
        CHECK(code_named(kCodes[i].name) == kCodes[i].code);
    }
    CHECK_FALSE(code_named("no such code"));
    CHECK_FALSE(code_named(""));
}

TEST_CASE("each code has an exit status of its own, and none is the one of usage") {
    std::set<int> statuses{kExitUsage};
    for (const auto& row : kCodes) {
        CHECK(statuses.insert(row.exit).second);
        CHECK(row.exit >= 0);
        CHECK(row.exit < 126);  // shells keep 126 and up for themselves
    }
}

TEST_CASE("only a done thing answers with a 2xx status") {
    for (const auto& row : kCodes) {
        bool done = row.code == Code::ok || row.code == Code::no;
        CHECK((row.http / 100 == 2) == done);
        CHECK_FALSE(row.title.empty());
    }
}
