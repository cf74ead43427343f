// Files as wholes: encodings, headers, what is no record, what is no text.
#include <random>

#include "reading.hpp"
#include "wire/json.hpp"

using namespace intake_test;

namespace {

std::string utf16(const std::string& utf8, bool little) {
    std::string out = little ? "\xff\xfe" : "\xfe\xff";
    auto put = [&](unsigned unit) {
        char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xff);
        out += little ? std::string{low, high} : std::string{high, low};
    };
    for (std::size_t i = 0; i < utf8.size();) {
        auto lead = static_cast<unsigned char>(utf8[i]);
        unsigned size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        unsigned c = size == 1 ? lead : lead & (0x7fU >> size);
        for (unsigned k = 1; k < size; ++k)
            c = c << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3fU);
        if (c >= 0x10000) {
            put(0xd800 + ((c - 0x10000) >> 10));
            put(0xdc00 + ((c - 0x10000) & 0x3ff));
        } else {
            put(c);
        }
        i += size;
    }
    return out;
}

void check_same(const std::vector<wire::ImportItem>& a, const std::vector<wire::ImportItem>& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        CHECK(wire::write(a[i]) == wire::write(b[i]));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

const std::string kTwo = kHeadings + request_line() + request_line(0, "YY-2");

}  // namespace

TEST_CASE("one export reads the same in UTF-8, UTF-16 and with or without a mark") {
    auto text = data("oa/requests.csv");
    auto expected = read(text);
    auto bare = text.substr(3);
    check_same(read(bare), expected);
    check_same(read(utf16(bare, true)), expected);
    check_same(read(utf16(bare, false)), expected);
    check_same(read(replaced(bare, "\r\n", "\n")), expected);
    check_same(read(replaced(bare, "\r\n", "\r")), expected);
}

TEST_CASE("signs outside the basic plane survive UTF-16 and GB18030") {
    auto text = kHeadings + request_line(7, "合同𠮷野家");
    check_same(read(utf16(text, true)), read(text));
    // 𠮷 (U+20BB7) is four bytes in GB18030
    auto item = read("\xb9\xa4\xba\xc5,\xd0\xd5\xc3\xfb\nE1,\x95\x34\xb2\x35\n", Kind::persons)[0];
    REQUIRE(item.person);
    CHECK(item.person->name == "𠮷");
}

TEST_CASE("separators are told from the headings") {
    auto expected = read(kTwo);
    for (std::string sign : {"\t", ";", "|"})
        check_same(read(replaced(kTwo, ",", sign)), expected);
}

TEST_CASE("headings may stand in any order, with notes, blanks and strangers among them") {
    auto items = read(
        "序号,备注, 流程状态 "
        ",用印份数（份）,印章编号(多个用分号隔开),*文件名称,申请时间：,申请人工号,流 程 编 "
        "号,打印次数\n"
        "1,急,已归档,2,YZ-1,合同,2026-11-14 9:21,E1,YY-1,3,,,\n");
    REQUIRE(items.size() == 1);
    REQUIRE(items[0].request);
    CHECK(items[0].request->external_id == "YY-1");
    CHECK(items[0].request->remark == "急");
    CHECK(items[0].request->lines[0].copies == 2);
    CHECK(read("申请人(工号),申请人(姓名),单号,申请日期,印章编号,标题,份数,状态\nE1,甲,1,2026-11-"
               "14,YZ-1,合同,1,通过\n")[0]
              .request->applicant == "E1");
}

TEST_CASE("a fault names its column as the file spells it") {
    auto items = read(
        "流程编号,申请人工号,申请时间,印章编号,文件名称,用印份数（份）,流程状态\n1,E1,2026-11-14,"
        "YZ-1,合同,0,通过\n");
    CHECK(items[0].fault->field == "用印份数（份）");
}

TEST_CASE("titles before the header and totals, notes and repeats after it are no records") {
    auto items = read("2026年11月用印申请台账,,,,\n导出时间:2026-11-25 08:00,,\n\n" + kTwo +
                      ",,,,,,,,,,,,,,\n\n" + kHeadings + request_line(0, "YY-3") +
                      "合计,,,,,,,,6,,,,,,\n制表人：张三\n共3条\n");
    REQUIRE(items.size() == 3);
    for (const auto& item : items)
        CHECK(item.request);
    CHECK(items[0].line == 5);
    CHECK(items[0].record == 1);
    CHECK(items[2].request->external_id == "YY-3");
    CHECK(read(kHeadings + "合计,E1,,,2026-11-14,,YZ-1,合同,1,否,,,,审批通过,\n").size() ==
          1);  // a record all the same
}

TEST_CASE("a list without a column that it must have is refused, naming it and what was found") {
    auto error = read_error(
        "流程编号,申请人工号,申请时间,印章名称,文件名称,份数,流程状态\n1,E1,2026-11-14,公章,合同,1,"
        "通过\n");
    CHECK(error.code == Code::invalid);
    CHECK_THAT(error.detail, ContainsSubstring("seal (印章编号)"));
    CHECK_THAT(error.detail, ContainsSubstring("印章名称"));
    CHECK_THAT(read_error("流程编号,申请人工号,申请时间,印章编号,文件名称,份数\n").detail,
               ContainsSubstring("status"));
    CHECK_THAT(read_error("a,b\n1,2\n").detail, ContainsSubstring("headings found: a, b"));
    CHECK_THAT(read_error(replaced(kTwo, "申请部门", "流程编号")).detail,
               ContainsSubstring("more than once"));
    CHECK(read(kHeadings).empty());
}

TEST_CASE("what is no text file is one error that says what it is") {
    CHECK_THAT(read_error(std::string("PK\x03\x04", 4) + std::string(100, '\0')).detail,
               ContainsSubstring("xlsx"));
    CHECK_THAT(read_error("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").detail, ContainsSubstring(".xls"));
    CHECK_THAT(read_error("<HTML><table>").detail, ContainsSubstring("web page"));
    CHECK_THAT(read_error("").detail, ContainsSubstring("empty"));
    std::mt19937 dice(5);
    for (int i = 0; i < 50; ++i) {
        std::string rubbish(20'000, '\0');
        for (auto& c : rubbish)
            c = static_cast<char>(dice() % 256);
        auto error = read_error(rubbish);
        CHECK(error.code == Code::invalid);
        for (auto& c : rubbish)
            if (c == '\0') c = 'x';
        CHECK(read_error(rubbish).code == Code::invalid);
    }
}

TEST_CASE("damaged text is refused with the line of the damage") {
    auto utf8 = kHeadings + request_line();
    auto torn = read_error(utf8 + "YY-2,E1,\xe5\xbc\n" + request_line());
    CHECK(torn.line == 3);
    CHECK_THAT(torn.detail, ContainsSubstring("UTF-8"));
    CHECK(read_error("\xef\xbb\xbf" + utf8 + "\xff\n").line == 3);
    auto gbk = data("oa/requests.gbk.csv");
    auto middle = gbk.find("\r\n", gbk.size() / 2) + 2;
    auto line =
        std::count(gbk.begin(), gbk.begin() + static_cast<std::ptrdiff_t>(middle), '\n') + 1;
    CHECK(read_error(gbk.substr(0, middle) + "\xff\xff" + gbk.substr(middle)).line == line);
    auto odd = utf16(utf8, true);
    CHECK(read_error(odd.substr(0, odd.size() - 1)).code == Code::invalid);
}

TEST_CASE("a byte order mark inside and invisible signs around a cell do no harm") {
    auto items = read("\xef\xbb\xbf" + kHeadings + request_line(0, "\xe2\x80\x8bYY-1\xef\xbb\xbf"));
    CHECK(items[0].request->external_id == "YY-1");
    CHECK(items[0].request->source == "csv");
}
