// 用印登记簿: 29 columns as a spreadsheet, 14 in print.
#include <array>

#include "report/fields.hpp"
#include "report/form.hpp"

namespace seals::report {
namespace {

constexpr std::string_view kTitles[] = {
    "序号",     "登记编号", "用印日期", "用印时间", "印章编号", "印章名称", "所属单位", "流程编号",
    "文件名称", "文件编号", "往来单位", "用印事由", "份数",     "批准次数", "实际次数", "骑缝次数",
    "申请部门", "申请人",   "审批人",   "取章人",   "盖印人",   "监印人",   "取出时间", "归还时间",
    "归还核验", "现场照片", "异常",     "备注",     "账本序号"};

constexpr PrintColumn kColumns[] = {{"序号", 4, Side::right},
                                    {"登记编号", 9},
                                    {"用印时间", 10},
                                    {"印章名称", 12},
                                    {"流程编号", 10},
                                    {"文件名称", 13},
                                    {"份数", 4, Side::right},
                                    {"批准/实际(骑缝)", 9, Side::middle},
                                    {"申请部门/申请人", 8},
                                    {"审批人", 7},
                                    {"盖印人", 7},
                                    {"监印人", 7},
                                    {"取出–归还", 11},
                                    {"异常", 6}};

std::string document_of(const Value& row) {
    auto documents = texts_in(row, "documents");
    return documents.empty() ? row.text_or("title") : documents;
}

std::string request_of(const Value& row) {
    for (const char* name : {"matched_id", "external_id", "request"})
        if (auto id = row.text_or(name); !id.empty()) return id;
    return {};
}

std::string applicant_of(const Value& row) {
    auto known = person_in(row, "applicant");
    if (!known.empty()) return known;
    auto name = row.text_or("applicant_name");
    return name.empty() ? name : name + "(工号不详)";
}

std::string purpose_of(const Value& row) {
    auto purpose = row.text_or("purpose");
    return purpose.empty() ? row.text_or("title") : purpose;
}

std::string takers_of(const Value& row) {
    std::vector<std::string> takers;
    for (const auto& loan : array_in(row, "loans")) {
        auto taker = person_in(loan, "person");
        if (takers.empty() || takers.back() != taker) takers.push_back(std::move(taker));
    }
    return joined(takers);
}

std::optional<Instant> taken_at(const Value& row) {
    const auto& loans = array_in(row, "loans");
    return loans.empty() ? std::nullopt : instant_in(loans.front(), "taken");
}

// Of the last loan; while a seal is out, nothing.
std::optional<Instant> returned_at(const Value& row) {
    const auto& loans = array_in(row, "loans");
    return loans.empty() ? std::nullopt : instant_in(loans.back(), "returned");
}

std::string verdict_of(const Value& row) {
    const auto& loans = array_in(row, "loans");
    if (loans.empty()) return {};
    auto verdict = loans.back().text_or("verdict");
    if (!verdict.empty()) return term_in(verdicts(), verdict);
    return instant_in(loans.back(), "returned") ? std::string{} : "尚未归还";
}

std::string photos_of(const Value& row) {
    constexpr std::size_t kHashShown = 16;
    auto photos = row.texts_or("photos");
    if (photos.empty()) return {};
    auto text = std::to_string(photos.size()) + "张";
    for (const auto& photo : photos)
        text += " " + photo.substr(0, kHashShown);
    return text;
}

std::string marks_of(const Value& row) {
    std::vector<std::string> told;
    auto add = [&](const char* mark, std::string text) {
        if (has_text(row, "marks", mark)) told.push_back(std::move(text));
    };
    add("voided", "作废");
    add("child", "补盖");
    add("paper", has_text(row, "marks", "unmatched") ? "纸质补录(待核销)" : "纸质补录");
    add("emergency", has_text(row, "marks", "uncured") ? "应急用印(待补办)" : "应急用印");
    auto excess = row.integer_or("excess") + row.integer_or("excess_cross_page");
    add("excess", "超批准 " + std::to_string(excess));
    add("late", "补登");
    for (auto& text : row.texts_or("exceptions"))
        told.push_back(std::move(text));
    const auto& loans = array_in(row, "loans");
    if (!loans.empty() && loans.back().text_or("verdict") == name_of(Verdict::returned_unverified))
        told.emplace_back("待核验");
    else if (!loans.empty() && !instant_in(loans.back(), "returned"))
        told.emplace_back("未归还");
    return joined(told);
}

std::string remarks_of(const Value& row) {
    std::vector<std::string> told;
    auto add = [&](std::string_view head, const std::string& text) {
        if (!text.empty()) told.push_back(std::string(head) + text);
    };
    if (has_text(row, "marks", "voided")) {
        add("作废原因:", row.text_or("void_reason"));
        add("作废人:", person_in(row, "voided_by"));
    }
    add("补盖原因:", row.text_or("reason"));
    add("依据:", row.text_or("basis"));
    add("经办:", persons_in(row, "put_in_by"));
    add("另含:", texts_in(row, "others"));
    if (auto times = array_in(row, "loans").size(); times > 1)
        told.push_back("分 " + std::to_string(times) + " 次取用");
    add("地点:", texts_in(row, "places"));
    add("", row.text_or("remark"));
    return joined(told, ";");
}

std::string seqs_of(const Value& row) {
    std::string text;
    for (const auto& seq : array_in(row, "seqs"))
        if (seq.integer() != nullptr)
            text += (text.empty() ? "" : " ") + std::to_string(*seq.integer());
    return text;
}

std::vector<Cell> cells(const Value& row) {
    auto at = instant_in(row, "at"), taken = taken_at(row), returned = returned_at(row);
    auto number = [&](const char* name) { return Cell(row.integer_or(name)); };
    auto text = [&](const char* name) { return Cell(row.text_or(name)); };
    return {number("number"),
            text("id"),
            at ? date_text(*at) : "",
            at ? clock_text(*at) : "",
            text("seal"),
            text("seal_name"),
            text("entity"),
            request_of(row),
            document_of(row),
            texts_in(row, "document_numbers"),
            texts_in(row, "counterparts"),
            purpose_of(row),
            number("copies"),
            number("granted"),
            number("impressions"),
            number("cross_page"),
            text("department"),
            applicant_of(row),
            approvers_in(row),
            takers_of(row),
            persons_in(row, "stamped_by"),
            persons_in(row, "witnesses"),
            taken ? exact_moment_text(*taken) : "",
            returned ? exact_moment_text(*returned) : "",
            verdict_of(row),
            photos_of(row),
            marks_of(row),
            remarks_of(row),
            seqs_of(row)};
}

std::string counts_text(std::int64_t granted, std::int64_t made, std::int64_t cross_page) {
    return std::to_string(granted) + "/" + std::to_string(made) + "(" + std::to_string(cross_page) +
           ")";
}

std::vector<std::string> print_cells(const Value& row) {
    auto department = row.text_or("department");
    return {std::to_string(row.integer_or("number")),
            row.text_or("id"),
            moment_in(row, "at"),
            row.text_or("seal_name"),
            request_of(row),
            document_of(row),
            std::to_string(row.integer_or("copies")),
            counts_text(row.integer_or("granted"), row.integer_or("impressions"),
                        row.integer_or("cross_page")),
            joined({department, applicant_of(row)}, "/"),
            approvers_in(row),
            persons_in(row, "stamped_by"),
            persons_in(row, "witnesses"),
            span_text(taken_at(row), returned_at(row)),
            marks_of(row)};
}

// Sums in the order of the table of kinds: copies, granted, its cross-page ones, made, ...
std::vector<std::string> sum_cells(const ReportSums& sums) {
    std::vector<std::string> cells(std::size(kColumns));
    cells[6] = std::to_string(sums.value(0));
    cells[7] = counts_text(sums.value(1), sums.value(3), sums.value(4));
    if (auto excess = sums.value(5) + sums.value(6); excess > 0)
        cells[13] = "超批准 " + std::to_string(excess);
    return cells;
}

}  // namespace

const Form kRegisterForm{
    ReportKind::use_register, kTitles, cells, kColumns, print_cells, sum_cells};

}  // namespace seals::report
