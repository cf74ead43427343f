#include "report/text_paper.hpp"

#include <algorithm>

#include "base/width.hpp"
#include "base/wrap.hpp"

namespace seals::report {
namespace {

constexpr std::size_t kFoot = 5;      // two lines of sums, a blank one, who signs, the ledger
constexpr std::size_t kHeadings = 3;  // title, a line of what it is about, the rule over the titles
constexpr std::size_t kPagesDigits = 6;  // of the number of pages, room for them

std::string blanks(std::size_t n) {
    return std::string(n, ' ');
}

std::string laid(const std::string& text, std::size_t width, Side side) {
    auto used = columns_of(text);
    auto fill = width > used ? width - used : 0;
    auto before = side == Side::right ? fill : side == Side::middle ? fill / 2 : 0;
    return blanks(before) + text + blanks(fill - before);
}

std::string centred(const std::string& text) {
    auto used = columns_of(text);
    return used < kPageColumns ? blanks((kPageColumns - used) / 2) + text : text;
}

// Three texts on one line: at its left, in its middle, at its right.
std::string spread(const std::string& left, const std::string& middle, const std::string& right) {
    auto used = columns_of(left) + columns_of(middle) + columns_of(right);
    if (used + 4 > kPageColumns) return left + "  " + middle + "  " + right;
    auto gap = kPageColumns - used;
    return left + blanks(gap / 2) + middle + blanks(gap - gap / 2) + right;
}

std::size_t height(const std::vector<std::vector<std::string>>& lines) {
    std::size_t most = 1;
    for (const auto& cell : lines)
        most = std::max(most, cell.size());
    return most;
}

// "制表:____________  复核:____________"
std::string signs_text(std::string_view signs) {
    std::string text;
    while (!signs.empty()) {
        auto end = signs.find("  ");
        text += std::string(signs.substr(0, end)) + ":________________  ";
        signs = end == std::string_view::npos ? std::string_view{} : signs.substr(end + 2);
    }
    return text + "日期:________________";
}

}  // namespace

TextPaper::TextPaper(const Form& form, Head head, Out out)
    : form_(form), head_(std::move(head)), out_(std::move(out)) {
    for (const auto& column : form_.columns)
        titles_.emplace_back(column.title);
    room_ = kPageLines - kHeadings - kFoot - height(lines_of(titles_)) - 1;
}

std::vector<TextPaper::Lines> TextPaper::lines_of(const std::vector<std::string>& cells) const {
    std::vector<Lines> lines;
    for (std::size_t i = 0; i < form_.columns.size(); ++i) {
        lines.push_back(
            wrapped(i < cells.size() ? cells[i] : std::string{}, form_.columns[i].width));
        if (room_ > 0 && lines.back().size() > room_ - 3) {  // no row is longer than a page
            lines.back().resize(room_ - 3);
            lines.back().back() = "…";
        }
    }
    return lines;
}

// With the rule under it.
std::size_t TextPaper::height_of(const PrintRow& row) const {
    return height(lines_of(row.cells)) + 1 + (row.section.empty() ? 0 : 2);
}

void TextPaper::say(const std::string& line) {
    auto end = line.find_last_not_of(' ');
    out_(end == std::string::npos ? std::string_view{} : std::string_view(line).substr(0, end + 1));
    out_("\n");
    ++said_;
}

void TextPaper::rule() {
    std::string line = "+";
    for (const auto& column : form_.columns)
        line += std::string(column.width, '-') + "+";
    say(line);
}

void TextPaper::say_cells(const std::vector<std::string>& cells, bool titles) {
    auto lines = lines_of(cells);
    for (std::size_t y = 0; y < height(lines); ++y) {
        std::string text = "|";
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto& column = form_.columns[i];
            text += laid(y < lines[i].size() ? lines[i][y] : std::string{}, column.width,
                         titles ? Side::middle : column.side) +
                    "|";
        }
        say(text);
    }
}

void TextPaper::begin_page(std::int64_t page) {
    if (page > 1) out_("\f");
    said_ = 0;
    say(centred(title_of(head_)));
    say(spread(unit_of(head_), period_of(head_), "印章柜:" + cleaned(head_.origin)));
    rule();
    say_cells(titles_, true);
    rule();
}

void TextPaper::row(const PrintRow& row) {
    if (!row.section.empty()) {
        say("| " + laid(row.section, kPageColumns - 4, Side::left) + " |");
        rule();
    }
    say_cells(row.cells, false);
    rule();
}

// The foot stands at the same place of every page.
void TextPaper::end_page(std::int64_t page, const ReportSums& of_page, const ReportSums& so_far,
                         bool last) {
    while (said_ + kFoot < kPageLines)
        say("");
    say(form_.page_sums ? "本页小计:" + sums_text(of_page) : "");
    if (form_.page_sums || last)
        say((form_.page_sums ? "累    计:" : "合    计:") + sums_text(so_far));
    else
        say("");
    say("");
    say(spread(signs_text(form_.signs), "", page_text(page) + blanks(kPagesDigits)));
    say(ledger_of(head_));
}

}  // namespace seals::report
