#include "base/origin.hpp"

#include "catch.hpp"

using namespace seals;

TEST_CASE("an origin is taken apart, and put together as it was") {
    auto text = GENERATE(as<std::string>{}, "a.cn/cab-1", "a.cn/cab-1/sim", "a.cn/cab-1/e2",
                         "a.cn/cab-1/e17/sim", "a.cn/e2", "a.cn/e2/sim", "a.cn/e2/e3");
    CHECK(read_origin(text).text() == text);
}

TEST_CASE("the epoch of an origin stands after organisation and node") {
    CHECK(read_origin("a.cn/cab-1").epoch == 1);
    CHECK(read_origin("a.cn/cab-1/e2/sim") == Origin{"a.cn/cab-1", 2, true});
    CHECK(read_origin("a.cn/e2") == Origin{"a.cn/e2", 1, false});  // a node of that name
    CHECK(read_origin("a.cn/e2/e3") == Origin{"a.cn/e2", 3, false});
    for (const auto* odd :
         {"a.cn/c/e", "a.cn/c/e0", "a.cn/c/e1", "a.cn/c/e02", "a.cn/c/e2x", "a.cn/c/e99999999999"})
        CHECK(read_origin(odd).epoch == 1);
}

TEST_CASE("an origin is of the same node whatever its epoch, and of no other") {
    auto first = read_origin("a.cn/cab-1/sim");
    CHECK(read_origin("a.cn/cab-1/e4/sim").same_node(first));
    CHECK_FALSE(read_origin("a.cn/cab-1/e4").same_node(first));
    CHECK_FALSE(read_origin("a.cn/cab-2/sim").same_node(first));
}
