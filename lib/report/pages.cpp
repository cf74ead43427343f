#include "report/pages.hpp"

#include "base/width.hpp"
#include "report/fields.hpp"

namespace seals::report {

std::string title_of(const Head& head) {
    std::string title(row_of(head.kind).title);
    return head.simulated ? title + "(模拟柜 SIMULATED)" : title;
}

std::string unit_of(const Head& head) {
    auto unit = "单位:" + (head.entity.empty() ? std::string("全部") : cleaned(head.entity));
    return head.seal.empty() ? unit : unit + "  印章:" + cleaned(head.seal);
}

std::string period_of(const Head& head) {
    return "期间:" + moment_text(head.from) + " 至 " + moment_text(head.to);
}

std::string ledger_of(const Head& head) {
    return "账本规模 " + std::to_string(head.size) + "  根哈希 " + cleaned(head.root);
}

std::string page_text(std::int64_t page) {
    return "第 " + std::to_string(page) + " 页/共 " + kPagesMark + " 页";
}

void Pages::add(const Value& row) {
    PrintRow print{form_.print_cells(row), {}};
    for (auto& cell : print.cells)
        cell = cleaned(cell);
    auto section = form_.section != nullptr ? form_.section(row) : std::string{};
    bool new_section = section != section_;
    if (new_section) print.section = section;
    auto height = paper_.height_of(print);
    if (page_ == 0 || used_ + height > paper_.room()) {
        if (page_ > 0) paper_.end_page(page_, of_page_, so_far_, false);
        turn();
        print.section = section;  // told again at the head of a page
        height = paper_.height_of(print);
    }
    section_ = section;
    used_ += height;
    of_page_.add(row);
    so_far_.add(row);
    paper_.row(print);
}

void Pages::turn() {
    ++page_;
    used_ = 0;
    of_page_ = ReportSums(form_.kind);
    paper_.begin_page(page_);
}

void Pages::finish() {
    if (page_ == 0) turn();
    paper_.end_page(page_, of_page_, so_far_, true);
}

}  // namespace seals::report
