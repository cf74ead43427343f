// A sheet as text and as a page: what others wrote is harmless in both.
#include "report/sheet.hpp"

#include <sstream>

#include "base/width.hpp"
#include "catch.hpp"

using namespace seals;
using namespace seals::report;

namespace {

Sheet some_sheet() {
    Sheet sheet;
    sheet.title = "说明 <b>";
    sheet.verdict = "已证明";
    sheet.good = true;
    SheetPart part{"一、印章"};
    part.facts = {{"印章", "合同专用章\x1b[31m"}};
    part.table.columns = {{"序号", true}, {"事件"}, {"哈希", false, true}};
    part.table.rows = {{"12", "<script>", std::string(64, 'a')},
                       {"7", "取出", std::string(64, 'b')}};
    sheet.parts = {part};
    sheet.signs = {"出具人"};
    return sheet;
}

}  // namespace

TEST_CASE("a page holds nothing that a browser would run or fetch") {
    auto page = sheet_html(some_sheet(), Language::zh_CN);
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("&lt;script&gt;") != std::string::npos);
    CHECK(page.find("说明 &lt;b&gt;") != std::string::npos);
    CHECK(page.find('\x1b') == std::string::npos);
    CHECK(page.find("size:A4 portrait") != std::string::npos);
    CHECK(page.find("verdict bad") == std::string::npos);
    auto bad = some_sheet();
    bad.good = false;
    CHECK(sheet_html(bad, Language::en).find("verdict bad") != std::string::npos);
}

TEST_CASE("as text it keeps within the width, and shows hashes whole where there is room") {
    auto narrow = sheet_text(some_sheet(), 60);
    std::istringstream lines(narrow);
    for (std::string line; std::getline(lines, line);)
        CHECK(columns_of(line) <= 64);
    CHECK(narrow.find(std::string(16, 'a') + "…") != std::string::npos);
    CHECK(narrow.find('\x1b') == std::string::npos);
    auto wide = sheet_text(some_sheet(), 0);
    CHECK(wide.find(std::string(64, 'a')) != std::string::npos);
    CHECK(wide.find("出具人 ____") != std::string::npos);
}
