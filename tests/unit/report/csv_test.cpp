#include "report/csv.hpp"

#include "rows.hpp"

namespace seals::report {
namespace {

TEST_CASE("a cell that an office program would take for a formula is text") {
    CHECK(csv_line({Cell("=1+1")}) == "'=1+1\r\n");
    CHECK(csv_line({Cell("+86"), Cell("-5"), Cell("@SUM(A1)")}) == "'+86,'-5,'@SUM(A1)\r\n");
    CHECK(csv_line({Cell("\t=cmd|' /C calc'!A0")}) == "' =cmd|' /C calc'!A0\r\n");
    CHECK(csv_line({Cell("\r=1")}) == "'=1\r\n");
    CHECK(csv_line({Cell("  =1")}) == "'  =1\r\n");
    CHECK(csv_line({Cell("\xEF\xBC\x9D"
                         "1+1")}) ==
          "'\xEF\xBC\x9D"
          "1+1\r\n");
    CHECK(csv_line({Cell("合同=甲方"), Cell("2026-03-02"), Cell("")}) ==
          "合同=甲方,2026-03-02,\r\n");
}

TEST_CASE("numbers that we wrote stay numbers") {
    CHECK(csv_line({Cell(std::int64_t{-5}), Cell(std::int64_t{12})}) == "-5,12\r\n");
}

TEST_CASE("quotes are doubled, line breaks become blanks, rare characters stay") {
    CHECK(csv_line({Cell("关于\"星河\"的,合同")}) == "\"关于\"\"星河\"\"的,合同\"\r\n");
    CHECK(csv_line({Cell("一\n二\r\n三")}) == "一 二 三\r\n");
    CHECK(csv_line({Cell("𠮷野家㙍")}) == "𠮷野家㙍\r\n");
    CHECK(csv_line({Cell("a\x1b[31mb\x01")}) == "a\xEF\xBF\xBD[31mb\xEF\xBF\xBD\r\n");
}

TEST_CASE("the register as a spreadsheet has its 29 columns in their order") {
    auto text = test::rendered(csv_renderer, {test::register_row(1, "=HYPERLINK(\"x\")\n甲")});
    auto lines = std::vector<std::string>{};
    for (std::size_t at = 0; at < text.size();) {
        auto end = text.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        lines.push_back(text.substr(at, end - at));
        at = end + 2;
    }
    REQUIRE(lines.size() == 2);
    CHECK(
        lines[0] ==
        "\xEF\xBB\xBF序号,登记编号,用印日期,用印时间,印章编号,印章名称,所属单位,流程编号,文件名称,"
        "文件编号,往来单位,用印事由,份数,批准次数,实际次数,骑缝次数,申请部门,申请人,审批人,取章人,"
        "盖印人,监印人,取出时间,归还时间,归还核验,现场照片,异常,备注,账本序号");
    CHECK(lines[1] ==
          "1,2026-cab-1-000001,2026-03-02,09:05:30,YZ-1,合同专用章,御海集团,REQ-1,"
          "\"'=HYPERLINK(\"\"x\"\") 甲\",,,\"'=HYPERLINK(\"\"x\"\") 甲\",1,3,2,1,市场部,钱二(E2),"
          "赵一(E1)、王总(工号不详),赵一(E1),赵一(E1),孙三(E3),2026-03-02 09:00:00,"
          "2026-03-02 10:30:00,在柜·已验真,1张 aaaaaaaaaaaaaaaa,,,11");
}

TEST_CASE("an empty period is a line of titles") {
    for (const auto& row : report_kind_rows()) {
        INFO(row.name);
        auto text = test::rendered(csv_renderer, {}, test::head(row.kind));
        CHECK(text.starts_with("\xEF\xBB\xBF"));
        CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    }
}

}  // namespace
}  // namespace seals::report
