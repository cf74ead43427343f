#include "table.hpp"

#include "base/width.hpp"
#include "catch.hpp"
#include "highlight.hpp"

namespace seals::sealctl {
namespace {

TEST_CASE("Chinese takes two columns, combining marks none, bad bytes one each") {
    CHECK(columns_of("YZ-0032") == 7);
    CHECK(columns_of("合同专用章") == 10);
    CHECK(columns_of("(2)") == 3);
    CHECK(columns_of("\xEF\xBC\x88"
                     "2"
                     "\xEF\xBC\x89") == 5);  // full-width brackets
    CHECK(columns_of("e\xCC\x81") == 1);
    CHECK(columns_of("·—…") == 3);
    CHECK(columns_of("𠮷") == 2);
    CHECK(columns_of("\xFFx\xE5\x90") == 4);
}

TEST_CASE("columns line up under Chinese, and no line ends in spaces") {
    Table table({{"id"}, {"name"}, {"n", Align::right}});
    table.row({"YZ-0001", "公章", "1"});
    table.row({"YZ-2", "contract", "12"});
    CHECK(table.layout() ==
          "id       name       n\n"
          "YZ-0001  公章       1\n"
          "YZ-2     contract  12\n");
    Table last({{}, {}});
    last.row({"a", "long text"});
    last.row({"b", ""});
    CHECK(last.layout() == "a  long text\nb\n");
}

TEST_CASE("a column that wraps gives way, between words and within Chinese") {
    Table table({{}, {{}, Align::left, true}});
    table.row({"ok", "synchronise the clock soon"});
    table.row({"no", "御海集团股份有限公司公章"});
    CHECK(table.layout(20) ==
          "ok  synchronise the\n"
          "    clock soon\n"
          "no  御海集团股份有限\n"
          "    公司公章\n");
}

TEST_CASE("a word too long for any line is cut, a shorter one moves to the next") {
    Table table(std::vector<Column>{{{}, Align::left, true}});
    table.row({"至 2026-12-14 前"});
    CHECK(table.layout(12) == "至\n2026-12-14\n前\n");
    Table cut(std::vector<Column>{{{}, Align::left, true}});
    cut.row({"abcdefghijklmnopqrstuvwx"});
    CHECK(cut.layout(12) == "abcdefghijkl\nmnopqrstuvwx\n");
}

TEST_CASE("what a terminal would obey never reaches it") {
    Table table(std::vector<Column>(1));
    table.row({"a\x1b[31mred\nline\ttab\xE2\x80\xAE"});
    CHECK(table.layout() == "a\xEF\xBF\xBD[31mred line tab\xEF\xBF\xBD\n");
    CHECK(cleaned("好\r\n") == "好 ");
}

TEST_CASE("colour goes around the text and changes no width") {
    Table table({{}, {}});
    table.row({Cell("合", Style::good), "x"});
    table.row({Cell("abcd", Style::bad), "y"});
    CHECK(table.layout(0, true) ==
          "\x1b[32m合\x1b[0m    x\n"
          "\x1b[1;31mabcd\x1b[0m  y\n");
}

TEST_CASE("a hit shows the lines in which something was found, and all when nothing was") {
    auto plain = [](const Cell& cell) {
        std::string out;
        for (const auto& span : cell.spans)
            out += span.text;
        return out;
    };
    Value ranges = Value::Array{Value::Array{6, 8}, Value::Array{15, 16}};
    // Code points: "type\n" 0-4, "劳动合同章\n" 5-10, "E1\n" 11-13, "借章人\n" 14-17.
    std::string text = "type\n劳动合同章\nE1\n借章人\n";
    auto cell = found_lines(text, &ranges);
    CHECK(plain(cell) == "劳动合同章 · 借章人");
    REQUIRE(cell.spans.size() == 5);
    CHECK(cell.spans[1].text == "动合");
    CHECK(cell.spans[3].text == "章");
    CHECK(plain(found_lines("a\nb", nullptr)) == "a · b");
    CHECK(plain(found_lines("a\nb\na", nullptr)) == "a · b");
    CHECK(plain(found_lines("", nullptr)).empty());
}

TEST_CASE("highlights count in code points and nonsense is left plain") {
    auto ranges = Value::Array{Value::Array{2, 4}, Value::Array{9, 5}, Value{"x"}};
    auto cell = highlighted("劳动合同章", nullptr);
    REQUIRE(cell.spans.size() == 1);
    Value value(ranges);
    cell = highlighted("劳动合同章", &value);
    REQUIRE(cell.spans.size() == 3);
    CHECK(cell.spans[1].text == "合同");
    CHECK(cell.spans[1].style == Style::bold);
    CHECK(cell.spans[2].text == "章");
}

}  // namespace
}  // namespace seals::sealctl
