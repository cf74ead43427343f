#include "report/html.hpp"

#include <algorithm>
#include <regex>

#include "report/chart.hpp"
#include "rows.hpp"

namespace seals::report {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++n;
    return n;
}

TEST_CASE("what others wrote is text in HTML, never a mark") {
    CHECK(escaped("<script>alert(\"1\")</script>&'") ==
          "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;");
    auto text = test::rendered(html_renderer, {test::register_row(1, "<img src=x onerror=1>")});
    CHECK(text.find("<img") == std::string::npos);
    CHECK(text.find("&lt;img src=x onerror=1&gt;") != std::string::npos);
}

TEST_CASE("a page is one section with its head, sums and foot; nothing comes from outside") {
    std::vector<Value> rows;
    for (std::int64_t i = 1; i <= 40; ++i)
        rows.push_back(test::register_row(i));
    auto text = test::rendered(html_renderer, rows);
    auto pages = count(text, "<section class=\"page\">");
    CHECK(pages > 2);
    CHECK(count(text, "<thead>") == pages);
    CHECK(count(text, "本页小计") == pages);
    CHECK(count(text, "页/共 " + std::to_string(pages) + " 页") == pages);
    CHECK(count(text, "<tr><td class=\"r\">") == rows.size());
    CHECK(text.find("@page{size:A4 landscape") != std::string::npos);
    CHECK(text.find("http://") == std::string::npos);
    CHECK(text.find("https://") == std::string::npos);
    CHECK(text.find("<script") == std::string::npos);
    CHECK(test::rendered(html_renderer, rows) == text);
}

TEST_CASE("days do not break across lines, and a narrow cell may go on after a dash") {
    CHECK(escaped_cell("2026-03-02 09:00–10:30") ==
          "<span class=\"d\">2026-03-02</span> 09:00–<wbr>10:30");
    CHECK(escaped_cell("市场部/钱二(E2)") == "市场部/<wbr>钱二<wbr>(E2)");
}

Value usage_row(const char* by, const char* name, std::int64_t impressions) {
    Value row{Value::Object{}};
    row.add("number", 1);
    row.add("by", by);
    row.add("name", name);
    row.add("uses", impressions);
    row.add("impressions", impressions);
    row.add("cross_page", 1);
    return row;
}

TEST_CASE("a report of use has tables by section, and a picture of each") {
    auto seal = usage_row("seal", "", 5);
    seal.add("seal", "YZ-1");
    seal.add("seal_name", "合同<章>");
    auto text = test::rendered(html_renderer,
                               {seal, usage_row("department", "", 5), usage_row("hour", "09", 5)},
                               test::head(ReportKind::usage));
    CHECK(count(text, "<svg") == 3);
    CHECK(count(text, "class=\"part\"") == 3);
    CHECK(count(text, "<section class=\"page\">") == 2);
    CHECK(text.find("合同&lt;章&gt;") != std::string::npos);
    CHECK(text.find("(未填)") != std::string::npos);
    CHECK(count(text, "合计:3 行,用印 5,盖印次数 5,骑缝 1") == 1);
}

TEST_CASE("bars are as long as their numbers, and those that find no room stand together") {
    std::vector<Bar> bars;
    for (int i = 0; i < 20; ++i)
        bars.push_back({"章" + std::to_string(i), 100 - i, 0});
    auto picture = lying_bars("按印章", bars, 5);
    CHECK(picture.find("其余 16 项") != std::string::npos);
    CHECK(picture.find(">1416<") != std::string::npos);  // 96 + 95 + ... + 81
    CHECK(lying_bars("空", {}, 5).find("本期无用印") != std::string::npos);
}

}  // namespace
}  // namespace seals::report
