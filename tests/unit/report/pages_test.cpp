#include <algorithm>
#include <regex>

#include "base/width.hpp"
#include "report/text_paper.hpp"
#include "rows.hpp"

namespace seals::report {
namespace {

std::vector<Value> rows(std::int64_t n) {
    std::vector<Value> out;
    for (std::int64_t i = 1; i <= n; ++i)
        out.push_back(test::register_row(
            i, i % 3 == 0 ? "很长的文件名称,关于一期工程设备采购及安装的合同" : "合同"));
    return out;
}

std::vector<std::string> pages_of(const std::string& text) {
    std::vector<std::string> pages(1);
    for (char c : text)
        c == '\f' ? (void)pages.emplace_back() : (void)(pages.back() += c);
    return pages;
}

std::vector<std::string> lines_of(const std::string& page) {
    std::vector<std::string> lines(1);
    for (char c : page)
        c == '\n' ? (void)lines.emplace_back() : (void)(lines.back() += c);
    lines.pop_back();
    return lines;
}

// The numbers in a line of sums.
std::vector<std::int64_t> numbers_after(const std::string& page, const std::string& label) {
    auto at = page.find(label);
    REQUIRE(at != std::string::npos);
    auto line = page.substr(at + label.size(), page.find('\n', at) - at - label.size());
    static const std::regex kNumber("[0-9]+");
    std::vector<std::int64_t> out;
    for (std::sregex_iterator it(line.begin(), line.end(), kNumber), end; it != end; ++it)
        out.push_back(std::stoll(it->str()));
    return out;
}

TEST_CASE("a page has its 44 lines and no line more than 132 columns") {
    for (std::int64_t n : {0, 1, 7, 40}) {
        for (const auto& page : pages_of(test::rendered(text_renderer, rows(n)))) {
            auto lines = lines_of(page);
            CHECK(lines.size() == kPageLines);
            for (const auto& line : lines) {
                INFO(line);
                CHECK(columns_of(line) <= kPageColumns);
                bool grid = line.starts_with("|") || line.starts_with("+");
                if (grid) CHECK(columns_of(line) == kPageColumns);
            }
        }
    }
}

TEST_CASE("every form is as wide as the page") {
    for (const auto& row : report_kind_rows()) {
        INFO(row.name);
        const auto& form = form_of(row.kind);
        std::size_t width = form.columns.size() + 1;
        for (const auto& column : form.columns)
            width += column.width;
        CHECK(width == kPageColumns);
        CHECK(form.kind == row.kind);
        CHECK(form.print_cells(Value{Value::Object{}}).size() == form.columns.size());
        CHECK(form.cells(Value{Value::Object{}}).size() == form.titles.size());
        if (form.sum_cells != nullptr)
            CHECK(form.sum_cells(ReportSums(row.kind)).size() == form.columns.size());
    }
}

TEST_CASE("the sums of the pages are the running sums, and the last of these is the whole") {
    for (std::int64_t n = 0; n <= 60; n += n < 12 ? 1 : 16) {
        INFO(n);
        ReportSums all(ReportKind::use_register);
        for (const auto& row : rows(n))
            all.add(row);
        std::vector<std::int64_t> so_far(8, 0);
        auto pages = pages_of(test::rendered(text_renderer, rows(n)));
        for (std::size_t i = 0; i < pages.size(); ++i) {
            auto of_page = numbers_after(pages[i], "本页小计:");
            auto running = numbers_after(pages[i], "累    计:");
            REQUIRE(of_page.size() == so_far.size());
            for (std::size_t k = 0; k < so_far.size(); ++k)
                so_far[k] += of_page[k];
            CHECK(running == so_far);
            CHECK(pages[i].find("第 " + std::to_string(i + 1) + " 页/共 " +
                                std::to_string(pages.size()) + " 页") != std::string::npos);
            CHECK(pages[i].find("账本规模 1234  根哈希 q83v") != std::string::npos);
            CHECK(pages[i].find("制表:____") != std::string::npos);
        }
        CHECK(so_far[0] == n);
        for (std::size_t k = 1; k < so_far.size(); ++k)
            CHECK(so_far[k] == all.value(k - 1));
    }
}

TEST_CASE("the print form of one row is this page") {
    auto lines = lines_of(test::rendered(text_renderer, rows(1)));
    CHECK(lines[0].find("用印登记簿") != std::string::npos);
    CHECK(lines[1].starts_with("单位:全部 "));
    CHECK(lines[1].find("期间:2026-03-02 00:00 至 2026-04-01 23:59") != std::string::npos);
    CHECK(
        lines[3] ==
        "|序号|登记编号 | 用印时间 |  印章名称  | 流程编号 |  文件名称   |份数|批准/实际|申请部门|"
        "审批人 |盖印人 |监印人 | 取出–归还 | 异常 |");
    CHECK(
        lines[6] ==
        "|   1|2026-cab-|2026-03-02|合同专用章  |REQ-1     |合同         |   1| 3/2(1)  |市场部/ |"
        "赵一   |赵一   |孙三   |2026-03-02 |      |");
    CHECK(
        lines[7] ==
        "|    |1-000001 |09:05     |            |          |             |    |         |钱二(E2)|"
        "(E1)、 |(E1)   |(E3)   |09:00–10:30|      |");
}

TEST_CASE("a text longer than a page is cut there, not run over it") {
    auto pages = pages_of(test::rendered(
        text_renderer, {test::register_row(1, std::string(4000, 'x')), test::register_row(2)}));
    REQUIRE(pages.size() == 2);
    for (const auto& page : pages)
        CHECK(lines_of(page).size() == kPageLines);
    CHECK(pages[0].find("…") != std::string::npos);
}

TEST_CASE("what was made on a simulated cabinet says so on every page") {
    auto of = test::head();
    of.simulated = true;
    for (const auto& page : pages_of(test::rendered(text_renderer, rows(20), of)))
        CHECK(page.find("SIMULATED") != std::string::npos);
}

}  // namespace
}  // namespace seals::report
