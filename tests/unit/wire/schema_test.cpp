#include "wire/schema.hpp"

#include "catch.hpp"
#include "wire/json.hpp"

using namespace seals;
using namespace seals::wire;

namespace {

struct Inner {
    std::int64_t copies = 1;
    std::optional<Instant> due;
    static constexpr auto fields() {
        return std::tuple{field("copies", &Inner::copies, kRequired, "how many"),
                          field("due", &Inner::due, kOptional, "when")};
    }
};

struct Outer {
    std::string seal;
    std::string mode = "on_site";
    bool urgent = false;
    std::vector<Inner> lines;
    std::optional<Inner> extra;
    std::map<std::string, std::int64_t> totals;
    Value any;
    static constexpr auto fields() {
        return std::tuple{field("seal", &Outer::seal, kRequired, "seal id"),
                          field("mode", &Outer::mode, kOptional, "mode", "on_site|take_out"),
                          field("urgent", &Outer::urgent, kOptional, "hurry"),
                          field("lines", &Outer::lines, kOptional, "lines"),
                          field("extra", &Outer::extra, kOptional, "one more"),
                          field("totals", &Outer::totals, kOptional, "totals"),
                          field("any", &Outer::any, kOptional, "anything")};
    }
};

Result<Outer> outer(std::string_view text) {
    auto value = parse_json(text);
    REQUIRE(value);
    return read<Outer>(*value);
}

// The offending field of a text that must be refused.
std::string fault(std::string_view text) {
    auto read = outer(text);
    if (read) return "accepted";
    CHECK(read.error().code == Code::invalid);
    CHECK_FALSE(read.error().detail.empty());
    return read.error().field;
}

}  // namespace

TEST_CASE("a struct is read from its object and written back the same") {
    auto text =
        R"({"seal":"YZ-1","mode":"take_out","urgent":true,"lines":[{"copies":2,"due":"2026-11-25T01:02:03.004Z"},)"
        R"({"copies":3,"due":null}],"extra":{"copies":9,"due":null},"totals":{"a":1,"b":-2},"any":[1,{"x":null}]})";
    auto read = outer(text);
    REQUIRE(read);
    CHECK(read->lines.size() == 2);
    CHECK(read->lines[0].due == from_rfc3339("2026-11-25T01:02:03.004Z"));
    CHECK_FALSE(read->lines[1].due);
    CHECK(read->totals.at("b") == -2);
    CHECK(dump_json(write(*read)) == text);
}

TEST_CASE("members left out keep their defaults, and null is left out") {
    auto read = outer(R"({"seal":"YZ-1","mode":null,"lines":null})");
    REQUIRE(read);
    CHECK(read->mode == "on_site");
    CHECK_FALSE(read->urgent);
    CHECK(read->lines.empty());
    CHECK_FALSE(read->extra);
}

TEST_CASE("each fault is refused by the path of its field") {
    CHECK(fault("{}") == "seal");
    CHECK(fault(R"({"seal":null})") == "seal");
    CHECK(fault(R"({"seal":1})") == "seal");
    CHECK(fault(R"({"seal":"a","sael":"b"})") == "sael");
    CHECK(fault(R"({"seal":"a","mode":"fly"})") == "mode");
    CHECK(fault(R"({"seal":"a","mode":1})") == "mode");
    CHECK(fault(R"({"seal":"a","urgent":"yes"})") == "urgent");
    CHECK(fault(R"({"seal":"a","urgent":1})") == "urgent");
    CHECK(fault(R"({"seal":"a","lines":{}})") == "lines");
    CHECK(fault(R"({"seal":"a","lines":[{"copies":1},{"copies":"2"}]})") == "lines[1].copies");
    CHECK(fault(R"({"seal":"a","lines":[{"copies":1.5}]})") == "lines[0].copies");
    CHECK(fault(R"({"seal":"a","lines":[{}]})") == "lines[0].copies");
    CHECK(fault(R"({"seal":"a","lines":[{"copies":1,"due":"tomorrow"}]})") == "lines[0].due");
    CHECK(fault(R"({"seal":"a","lines":[{"copies":1,"more":0}]})") == "lines[0].more");
    CHECK(fault(R"({"seal":"a","extra":[]})") == "extra");
    CHECK(fault(R"({"seal":"a","totals":{"x":"1"}})") == "totals.x");
    CHECK(fault(R"({"seal":"a","totals":[1]})") == "totals");
}

TEST_CASE("a body that is no object is refused") {
    for (auto text : {"[]", "1", "null", "\"seal\""}) {
        auto read = outer(text);
        REQUIRE_FALSE(read);
        CHECK_THAT(read.error().detail, ContainsSubstring("the body"));
    }
}

TEST_CASE("a string is accepted to kTextBytes and no longer") {
    Value value;
    value.add("seal", std::string(kTextBytes, 'x'));
    CHECK(read<Outer>(value));
    Value longer;
    longer.add("seal", std::string(kTextBytes + 1, 'x'));
    auto refused = read<Outer>(longer);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "seal");
}
