#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "catch.hpp"
#include "words/rules.hpp"
#include "words/terms.hpp"
#include "words/texts.hpp"

using namespace seals;

namespace {

// Which of {0}..{9} a template uses.
std::set<char> places(std::string_view text) {
    std::set<char> out;
    for (std::size_t i = 0; i + 2 < text.size(); ++i)
        if (text[i] == '{' && text[i + 2] == '}') out.insert(text[i + 1]);
    return out;
}

}  // namespace

TEST_CASE("rules have unique ids in order, a name and a remedy in both languages") {
    std::set<std::string_view> ids;
    std::string_view last;
    for (const auto& row : rule_rows()) {
        INFO(row.id);
        CHECK(ids.insert(row.id).second);
        CHECK(last < row.id);
        last = row.id;
        for (auto text : {row.name_en, row.name_zh, row.remedy_en, row.remedy_zh}) {
            CHECK_FALSE(text.empty());
            CHECK(valid_utf8(text));
        }
        CHECK(&row_of(row.rule) == &row);
    }
}

TEST_CASE("texts have unique keys, and the Chinese one wants no argument that the English lacks") {
    std::set<std::string_view> keys;
    for (auto rows : {text_rows(), status_text_rows()})
        for (const auto& row : rows) {
            INFO(row.key);
            CHECK(keys.insert(row.key).second);
            auto en = places(row.en), zh = places(row.zh);
            CHECK(std::includes(en.begin(), en.end(), zh.begin(), zh.end()));
            CHECK_FALSE(row.en.empty());
            CHECK((count_code_points(row.zh) < row.zh.size() || row.zh == row.en));
        }
}

TEST_CASE("whatever of the status is not in order has a remedy") {
    const std::set<std::string> fine{
        "health.ledger.ok",      "health.clock.ok",     "health.locks.ok",
        "health.readers.ok",     "health.search.ok",    "health.disk.ok",
        "health.seals.ok",       "health.inventory.ok", "health.search.behind",
        "health.inventory.none", "health.outbox.ok",    "health.outbox.none",
        "health.files.ok",       "health.evidence.ok",  "health.evidence.none"};
    std::set<std::string> keys;
    for (const auto& row : status_text_rows())
        keys.emplace(row.key);
    for (const auto& key : keys) {
        if (key.ends_with(".remedy") || fine.contains(key)) continue;
        INFO(key);
        CHECK(keys.contains(key + ".remedy"));
    }
}

TEST_CASE("arguments stand where the template wants them, and are never read as templates") {
    CHECK(render(Language::en, "request.foreign", {"YY-1", "YZ-2"}) ==
          "request YY-1 has no line for seal YZ-2");
    CHECK(render(Language::en, "request.foreign", {"{1}", "YZ-2"}) ==
          "request {1} has no line for seal YZ-2");
    CHECK(render(Language::en, "request.foreign", {}) == "request  has no line for seal ");
    CHECK(render(Language::en, "no.such.key") == "no.such.key");
}

TEST_CASE("every refusal names its rule and what would satisfy it") {
    for (const auto& rule : rule_rows()) {
        auto error = refusal(rule.rule, "seal.held", {"E1"});
        CHECK(error.code == Code::refused);
        CHECK(error.rule == rule.id);
        CHECK(error.remedy == rule.remedy_en);
        CHECK_FALSE(error.detail.empty());
    }
}

TEST_CASE("a refusal in Chinese names rule, remedy and the entry that holds it") {
    auto error = refusal(Rule::approved_request, "request.unknown", {"YY-1"});
    error.seq = 42;
    auto chinese = localise(error, Language::zh_CN);
    CHECK(chinese.rule == "R01");
    CHECK(chinese.remedy == row_of(Rule::approved_request).remedy_zh);
    for (auto part : {"YY-1", "R01", "42"})
        CHECK_THAT(chinese.detail, ContainsSubstring(part));
    CHECK_THAT(chinese.detail,
               ContainsSubstring(std::string(row_of(Rule::approved_request).remedy_zh)));
    CHECK(localise(error, Language::en).detail == error.detail);
}

TEST_CASE("terms of each set are unique and found again") {
    for (auto rows : {seal_states(), custodies(), request_states(), line_modes(), verdicts(),
                      session_verdicts()}) {
        std::set<std::string_view> names;
        CHECK_FALSE(rows.empty());
        for (const auto& row : rows) {
            INFO(row.name);
            CHECK(names.insert(row.name).second);
            CHECK_FALSE(row.zh.empty());
        }
    }
    for (std::size_t i = 0; i < verdicts().size(); ++i) {
        auto verdict = term_named(verdicts()[i].name, verdicts(), Verdict::empty);
        CHECK(static_cast<std::size_t>(verdict) == i);
        CHECK(name_of(verdict) == verdicts()[i].name);
    }
}
