#include "report/fields.hpp"

#include "base/wrap.hpp"
#include "rows.hpp"

namespace seals::report {
namespace {

Instant at(const char* text) {
    return *from_rfc3339(text);
}

TEST_CASE("times are those of Beijing, never without their date") {
    CHECK(moment_text(at("2026-12-31T16:00:00Z")) == "2027-01-01 00:00");
    CHECK(exact_moment_text(at("2026-03-02T01:05:30.999Z")) == "2026-03-02 09:05:30");
    CHECK(span_text(at("2026-03-02T01:00:00Z"), at("2026-03-02T02:00:00Z")) ==
          "2026-03-02 09:00–10:00");
    CHECK(span_text(at("2026-03-02T15:59:00Z"), at("2026-03-02T16:00:00Z")) ==
          "2026-03-02 23:59–2026-03-03 00:00");
    CHECK(span_text(at("2026-03-02T01:00:00Z"), std::nullopt) == "2026-03-02 09:00–");
    CHECK(span_text(std::nullopt, std::nullopt).empty());
}

TEST_CASE("a name never stands alone") {
    auto known = test::person("E1", "赵一"), erased = test::person("E9", "");
    CHECK(person_text(&known) == "赵一(E1)");
    CHECK(person_text(&erased) == "E9");
    CHECK(person_text(nullptr).empty());
    Value row{Value::Object{}};
    row.add("approvers",
            Value::Array{known, test::person("E5", "赵一"), test::person("E7", "李四")});
    CHECK(approvers_in(row) == "赵一(E1)、赵一(E5)、李四(E7)");
    row.add("chain", "部门经理:李四>财务→赵一、王总");
    CHECK(approvers_in(row) == "李四(E7)、财务(工号不详)、赵一(E1)或赵一(E5)、王总(工号不详)");
}

TEST_CASE("a word too long is cut after a hyphen, a time span after its dash") {
    CHECK(wrapped("2026-cab-1-000123", 9) == std::vector<std::string>{"2026-cab-", "1-000123"});
    CHECK(wrapped("2026-03-02 09:00–2026-03-03 14:12", 11) ==
          std::vector<std::string>{"2026-03-02", "09:00–", "2026-03-03", "14:12"});
    CHECK(wrapped("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
    CHECK(wrapped("", 5) == std::vector<std::string>{""});
    CHECK(wrapped("合同(补充)", 9) == std::vector<std::string>{"合同(补", "充)"});
}

}  // namespace
}  // namespace seals::report
