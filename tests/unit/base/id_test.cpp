#include "base/id.hpp"

#include <unordered_set>

#include "catch.hpp"

using namespace seals;

TEST_CASE("ids as offices write them are accepted") {
    for (auto text :
         {"YZ-0032", "E1038", "YY-202611-00001", "oa:YY-1", "公章-01", "a.b_c~d", "1"}) {
        INFO(text);
        CHECK(valid_id(text));
    }
    CHECK(valid_id(std::string(kIdBytes, 'x')));
}

TEST_CASE("ids that could not stand in a path or on a line are refused") {
    using namespace std::string_literals;
    for (const auto& text : {""s, "a b"s, "a/b"s, "a?b"s, "a#b"s, "a%62"s, "a\nb"s, "a\0b"s,
                             "\x7f"s, "\xff"s, "a\tb"s, std::string(kIdBytes + 1, 'x')}) {
        INFO(text);
        CHECK_FALSE(valid_id(text));
    }
}

TEST_CASE("ids of one kind compare and hash by their text") {
    CHECK(SealId("a") == SealId(std::string("a")));
    CHECK(SealId("a") < SealId("b"));
    CHECK(SealId().empty());
    std::unordered_set<SealId> set{SealId("a"), SealId("a"), SealId("b")};
    CHECK(set.size() == 2);
    static_assert(!std::is_convertible_v<SealId, PersonId>);
    static_assert(!std::is_constructible_v<SealId, PersonId>);
}
