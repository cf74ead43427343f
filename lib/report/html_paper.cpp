#include "report/html_paper.hpp"

#include <algorithm>

#include "base/wrap.hpp"
#include "report/html.hpp"

namespace seals::report {
namespace {

// In tenths of a millimetre, as page_style() makes them.
constexpr std::size_t kPage = 1890;
constexpr std::size_t kHeading = 160;  // title and the line under it
constexpr std::size_t kFoot = 150;     // who signs, the ledger, and air
constexpr std::size_t kLine = 39, kPadding = 18;
constexpr std::size_t kWidth = 2770, kSides = 22;
constexpr std::size_t kHalf = 152;  // hundredths: a half-width character of 8.5 pt

std::size_t lines_in(const std::vector<std::string>& cells,
                     const std::vector<std::size_t>& widths) {
    std::size_t most = 1;
    for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i)
        most = std::max(most, wrapped(cells[i], widths[i]).size());
    return most;
}

std::size_t row_height(std::size_t lines) {
    return lines * kLine + kPadding;
}

const char* class_of(Side side) {
    if (side == Side::right) return " class=\"r\"";
    return side == Side::middle ? " class=\"m\"" : "";
}

}  // namespace

HtmlPaper::HtmlPaper(const Form& form, Head head, Out out)
    : form_(form), head_(std::move(head)), out_(std::move(out)) {
    std::size_t shares = 0;
    for (const auto& column : form_.columns)
        shares += column.width + 1;
    std::vector<std::string> titles;
    for (const auto& column : form_.columns) {
        auto width = kWidth * (column.width + 1) / shares - kSides;
        widths_.push_back(std::max<std::size_t>(width * 10 / kHalf, 2));
        titles.emplace_back(column.title);
    }
    auto fixed = kHeading + row_height(lines_in(titles, widths_)) + 2 * row_height(1) + kFoot;
    room_ = kPage - fixed;
}

std::size_t HtmlPaper::height_of(const PrintRow& row) const {
    auto height = row_height(lines_in(row.cells, widths_));
    if (!row.section.empty()) height += row_height(1);
    return std::min(height, room_);
}

void HtmlPaper::heading() {
    out_("<section class=\"page\">\n<h1>" + escaped(row_of(head_.kind).title));
    if (head_.simulated) out_(" <small class=\"sim\">(模拟柜 SIMULATED)</small>");
    out_("</h1>\n<div class=\"meta\"><span>" + escaped(unit_of(head_)) + "</span><span>" +
         escaped(period_of(head_)) + "</span><span>" + escaped("印章柜:" + head_.origin) +
         "</span></div>\n");
}

void HtmlPaper::begin_page(std::int64_t) {
    heading();
    out_("<table>\n<colgroup>");
    std::size_t shares = 0;
    for (const auto& column : form_.columns)
        shares += column.width + 1;
    for (const auto& column : form_.columns) {
        auto thousandths = (column.width + 1) * 100'000 / shares;
        auto fraction = std::to_string(thousandths % 1000 + 1000).substr(1);
        out_("<col style=\"width:" + std::to_string(thousandths / 1000) + "." + fraction + "%\">");
    }
    out_("</colgroup>\n<thead><tr>");
    for (const auto& column : form_.columns)
        out_("<th scope=\"col\">" + escaped_cell(column.title) + "</th>");
    out_("</tr></thead>\n<tbody>\n");
}

void HtmlPaper::row(const PrintRow& row) {
    auto columns = std::to_string(form_.columns.size());
    if (!row.section.empty())
        out_("<tr class=\"part\"><td colspan=\"" + columns + "\">" + escaped(row.section) +
             "</td></tr>\n");
    out_("<tr>");
    for (std::size_t i = 0; i < form_.columns.size(); ++i)
        out_("<td" + std::string(class_of(form_.columns[i].side)) + ">" +
             escaped_cell(i < row.cells.size() ? row.cells[i] : std::string{}) + "</td>");
    out_("</tr>\n");
}

// The label spans the columns before the first that has a sum.
void HtmlPaper::sums(const char* label, const ReportSums& sums) {
    auto columns = form_.columns.size();
    if (form_.sum_cells == nullptr) {
        out_("<tr><td colspan=\"" + std::to_string(columns) + "\">" + std::string(label) + ":" +
             escaped(sums_text(sums)) + "</td></tr>\n");
        return;
    }
    auto cells = form_.sum_cells(sums);
    std::size_t first = 0;
    while (first < columns && cells[first].empty())
        ++first;
    out_("<tr><td colspan=\"" + std::to_string(std::max<std::size_t>(first, 1)) + "\">" +
         std::string(label) + "(" + std::to_string(sums.rows()) + " 行)</td>");
    for (auto i = std::max<std::size_t>(first, 1); i < columns; ++i)
        out_("<td" + std::string(class_of(form_.columns[i].side)) + ">" + escaped(cells[i]) +
             "</td>");
    out_("</tr>\n");
}

void HtmlPaper::foot(std::int64_t page) {
    out_("<div class=\"foot\"><div class=\"signs\">");
    for (auto signs = form_.signs; !signs.empty();) {
        auto end = signs.find("  ");
        out_("<span>" + escaped(signs.substr(0, end)) + ":<b></b></span>");
        signs = end == std::string_view::npos ? std::string_view{} : signs.substr(end + 2);
    }
    out_("<span>日期:<b></b></span></div><div class=\"proof\"><span>账本规模 " +
         std::to_string(head_.size) + "  根哈希 <code>" + escaped(head_.root) +
         "</code></span><span>" + page_text(page) + "</span></div></div>\n</section>\n");
}

void HtmlPaper::end_page(std::int64_t page, const ReportSums& of_page, const ReportSums& so_far,
                         bool last) {
    out_("</tbody>\n");
    if (form_.page_sums || last) out_("<tfoot>\n");
    if (form_.page_sums) sums("本页小计", of_page);
    if (form_.page_sums || last) {
        sums(form_.page_sums ? "累计" : "合计", so_far);
        out_("</tfoot>\n");
    }
    out_("</table>\n");
    foot(page);
}

void HtmlPaper::free_page(std::int64_t page, const std::string& body) {
    heading();
    out_(body);
    foot(page);
}

}  // namespace seals::report
