#include "base/value.hpp"

#include "base/result.hpp"
#include "catch.hpp"

using namespace seals;

TEST_CASE("an object keeps its members in the order they came") {
    Value value;
    value.add("z", 1);
    value.add("a", "two");
    REQUIRE(value.object() != nullptr);
    CHECK(value.object()->at(0).first == "z");
    CHECK(value.object()->at(1).first == "a");
    REQUIRE(value.find("a") != nullptr);
    CHECK(*value.find("a") == Value("two"));
    CHECK(value.find("b") == nullptr);
}

TEST_CASE("nothing but an object has members") {
    for (const auto& value :
         {Value{}, Value{1}, Value{"x"}, Value{Value::Array{1, 2}}, Value{true}})
        CHECK(value.find("x") == nullptr);
}

TEST_CASE("lenient readers give the fallback for a missing member and for one of another type") {
    Value value;
    value.add("n", 7);
    value.add("s", "text");
    value.add("b", true);
    value.add("list", std::vector<std::string>{"a", "b"});
    CHECK(value.integer_or("n") == 7);
    CHECK(value.integer_or("s", -1) == -1);
    CHECK(value.text_or("s") == "text");
    CHECK(value.text_or("n", "none") == "none");
    CHECK(value.text_or("missing", "none") == "none");
    CHECK(value.boolean_or("b"));
    CHECK(value.boolean_or("n", true));
    CHECK(value.texts_or("list") == std::vector<std::string>{"a", "b"});
    CHECK(value.texts_or("s").empty());
}

TEST_CASE("a result is a value or an error, never both") {
    Result<std::string> good = std::string("yes");
    Result<std::string> bad = invalid("field", "why");
    REQUIRE(good);
    CHECK(*good == "yes");
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code == Code::invalid);
    CHECK(bad.error().field == "field");
    CHECK(std::string(std::move(good).value()) == "yes");
    Status fine;
    CHECK(fine);
    CHECK_FALSE(Status(unavailable("gone", "plug it in")));
}
