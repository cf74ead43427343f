#include "wire/json.hpp"

#include <random>

#include "catch.hpp"

using namespace seals;
using namespace seals::wire;

namespace {

std::string random_text(std::mt19937& random) {
    static const std::string pieces[] = {"a", "公", "\"",   "\\", "\n", "\t",
                                         "😀", "/",  "\x01", "é",  " "};
    std::string out;
    for (std::size_t k = random() % 6; k > 0; --k)
        out += pieces[random() % std::size(pieces)];
    return out;
}

Value random_value(std::mt19937& random, int depth) {
    switch (random() % (depth > 0 ? 7U : 5U)) {
        case 0:
            return {};
        case 1:
            return random() % 2 == 0;
        case 2:
            return static_cast<std::int64_t>(random()) - (std::int64_t{1} << 31);
        case 3:
            return static_cast<double>(random()) / 64.0 + 0.5;
        case 4:
            return random_text(random);
        case 5: {
            Value::Array items;
            for (std::size_t k = random() % 4; k > 0; --k)
                items.push_back(random_value(random, depth - 1));
            return items;
        }
        default: {
            Value object{Value::Object{}};
            for (std::size_t k = random() % 4; k > 0; --k)
                object.add(random_text(random) + std::to_string(k),
                           random_value(random, depth - 1));
            return object;
        }
    }
}

}  // namespace

TEST_CASE("every value is read back from its own text, plain and pretty") {
    std::mt19937 random(1);
    for (int i = 0; i < 3000; ++i) {
        auto value = random_value(random, 5);
        auto text = dump_json(value);
        CHECK(text.find('\n') == std::string::npos);
        auto plain = parse_json(text);
        auto pretty = parse_json(dump_json_pretty(value));
        REQUIRE(plain);
        REQUIRE(pretty);
        CHECK(*plain == value);
        CHECK(*pretty == value);
    }
}

TEST_CASE("integers stay integers as far as int64 goes") {
    CHECK(*parse_json("9223372036854775807") == Value(INT64_MAX));
    CHECK(*parse_json("-9223372036854775808") == Value(INT64_MIN));
    CHECK(parse_json("9223372036854775808")->real() != nullptr);
    CHECK(parse_json("1.0")->integer() == nullptr);
    CHECK(dump_json(Value(INT64_MIN)) == "-9223372036854775808");
}

TEST_CASE("what is not exactly one JSON value is refused, and the error says so") {
    using namespace std::string_literals;
    for (const auto& text :
         {""s,       " "s,       "{"s,           "[1,]"s,     "{\"a\":1,}"s,   "{'a':1}"s,
          "01"s,     "1."s,      ".5"s,          "+1"s,       "NaN"s,          "nul"s,
          "\"\n\""s, "\"\\x\""s, "\"\\ud800\""s, "\"\xff\""s, "\"\xc0\x80\""s, "1 2"s,
          "{} {}"s,  "{\"a\"}"s, "// x\n1"s,     "[1"s,       "\"a"s,          "1e999"s,
          "\0"s,     "1\0"s,     "1\0 2"s}) {
        INFO(text);
        auto value = parse_json(text);
        REQUIRE_FALSE(value);
        CHECK(value.error().code == Code::invalid);
        CHECK_FALSE(value.error().detail.empty());
    }
}

TEST_CASE("a member name that comes twice in one object is refused by name") {
    auto twice = parse_json(R"({"a":1,"b":{"a":2},"a":3})");
    REQUIRE_FALSE(twice);
    CHECK(twice.error().detail == "duplicate member \"a\"");
    CHECK(parse_json(R"({"a":1,"b":{"a":2}})"));
    CHECK_FALSE(parse_json("{\"a\":1,\"\\u0061\":2}"));
}

TEST_CASE("nesting is accepted to kMaxDepth and no deeper") {
    auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(parse_json(nested(kMaxDepth)));
    auto deeper = parse_json(nested(kMaxDepth + 1));
    REQUIRE_FALSE(deeper);
    CHECK_THAT(deeper.error().detail, ContainsSubstring("32"));
    CHECK_FALSE(parse_json(std::string(100000, '[')));
    std::string objects;
    for (int i = 0; i < 40; ++i)
        objects += "{\"a\":";
    CHECK_FALSE(parse_json(objects));
}

TEST_CASE("members keep their order through text") {
    CHECK(dump_json(*parse_json(R"({ "z" : 1 , "a" : [ 2 ] })")) == R"({"z":1,"a":[2]})");
}
