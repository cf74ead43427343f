// 外带用印登记表 and 对账差异表.
#include <array>

#include "report/fields.hpp"
#include "report/form.hpp"

namespace seals::report {
namespace {

// --- 外带用印登记表 ---

constexpr std::string_view kOutTitles[] = {
    "序号",     "印章编号", "印章名称", "所属单位", "流程编号", "文件名称", "外带事由",
    "地点",     "申请部门", "申请人",   "取章人",   "陪同人",   "取出时间", "预计归还",
    "实际归还", "归还人",   "归还核验", "盖印次数", "骑缝次数", "逾期",     "账本序号"};

constexpr PrintColumn kOutColumns[] = {{"序号", 4, Side::right},
                                       {"印章名称", 14},
                                       {"流程编号", 11},
                                       {"外带事由", 14},
                                       {"地点", 13},
                                       {"申请人", 7},
                                       {"取章人", 7},
                                       {"陪同人", 7},
                                       {"取出时间", 10},
                                       {"预计归还", 10},
                                       {"实际归还", 10},
                                       {"用印(骑缝)", 7, Side::middle},
                                       {"逾期", 4, Side::middle}};

std::string out_request(const Value& row) {
    auto id = row.text_or("external_id");
    return id.empty() ? row.text_or("request") : id;
}

std::string out_reason(const Value& row) {
    auto reason = row.text_or("reason");
    return reason.empty() ? row.text_or("title") : reason;
}

std::string out_counts(std::int64_t made, std::int64_t cross_page) {
    return std::to_string(made) + "(" + std::to_string(cross_page) + ")";
}

std::string returned_text(const Value& row) {
    auto returned = moment_in(row, "returned");
    return returned.empty() ? "尚未归还" : returned;
}

std::vector<Cell> out_cells(const Value& row) {
    auto text = [&](const char* name) { return Cell(row.text_or(name)); };
    auto number = [&](const char* name) { return Cell(row.integer_or(name)); };
    return {number("number"),
            text("seal"),
            text("seal_name"),
            text("entity"),
            out_request(row),
            text("title"),
            out_reason(row),
            text("place"),
            text("department"),
            person_in(row, "applicant"),
            person_in(row, "person"),
            person_in(row, "supervisor"),
            moment_in(row, "taken"),
            moment_in(row, "due"),
            moment_in(row, "returned"),
            person_in(row, "returned_by"),
            term_in(verdicts(), row.text_or("verdict")),
            number("impressions"),
            number("cross_page"),
            row.integer_or("overdue") > 0 ? "是" : "否",
            number("seq")};
}

std::vector<std::string> out_print(const Value& row) {
    return {std::to_string(row.integer_or("number")),
            row.text_or("seal_name"),
            out_request(row),
            out_reason(row),
            row.text_or("place"),
            person_in(row, "applicant"),
            person_in(row, "person"),
            person_in(row, "supervisor"),
            moment_in(row, "taken"),
            moment_in(row, "due"),
            returned_text(row),
            out_counts(row.integer_or("impressions"), row.integer_or("cross_page")),
            row.integer_or("overdue") > 0 ? "是" : "否"};
}

std::vector<std::string> out_sums(const ReportSums& sums) {
    std::vector<std::string> cells(std::size(kOutColumns));
    cells[11] = out_counts(sums.value(0), sums.value(1));
    cells[12] = std::to_string(sums.value(2));
    return cells;
}

// --- 对账差异表 ---

constexpr std::string_view kLineTitles[] = {
    "序号",     "对账编号", "流程编号", "来源",     "印章编号", "印章名称",     "所属单位",
    "对账结论", "状态",     "说明",     "不一致项", "取用次数", "用印次数",     "OA 份数",
    "OA 次数",  "本柜份数", "本柜次数", "起算时间", "差异原因", "说明人(账户)", "账本序号"};

constexpr PrintColumn kLineColumns[] = {{"序号", 4, Side::right},
                                        {"流程编号", 15},
                                        {"印章编号", 8},
                                        {"印章名称", 16},
                                        {"对账结论", 12},
                                        {"状态", 6},
                                        {"说明", 16},
                                        {"取用", 4, Side::right},
                                        {"用印/OA/本柜", 9, Side::middle},
                                        {"起算时间", 10},
                                        {"差异原因", 20}};

std::string member_number(const Value& row, const char* side, const char* name) {
    const auto* of = row.find(side);
    if (of == nullptr || of->find(name) == nullptr) return {};
    return std::to_string(of->integer_or(name));
}

std::string detail_of(const Value& row) {
    auto differs = row.texts_or("differs");
    auto text = term_in(line_details(), row.text_or("detail"));
    return differs.empty() ? text : text + ":" + joined(differs);
}

std::vector<Cell> line_cells(const Value& row) {
    auto text = [&](const char* name) { return Cell(row.text_or(name)); };
    auto number = [&](const char* name) { return Cell(row.integer_or(name)); };
    return {number("number"),
            text("run"),
            text("external_id"),
            text("source"),
            text("seal"),
            text("seal_name"),
            text("entity"),
            term_in(line_classes(), row.text_or("class")),
            term_in(line_states(), row.text_or("state")),
            term_in(line_details(), row.text_or("detail")),
            texts_in(row, "differs"),
            number("loans"),
            number("uses"),
            member_number(row, "oa", "copies"),
            member_number(row, "oa", "count"),
            member_number(row, "ledger", "copies"),
            member_number(row, "ledger", "count"),
            moment_in(row, "since"),
            text("reason"),
            text("explained_by"),
            number("seq")};
}

std::string or_dash(const std::string& text) {
    return text.empty() ? "-" : text;
}

std::vector<std::string> line_print(const Value& row) {
    return {std::to_string(row.integer_or("number")),
            row.text_or("external_id"),
            row.text_or("seal"),
            row.text_or("seal_name"),
            term_in(line_classes(), row.text_or("class")),
            term_in(line_states(), row.text_or("state")),
            detail_of(row),
            std::to_string(row.integer_or("loans")),
            std::to_string(row.integer_or("uses")) + "/" +
                or_dash(member_number(row, "oa", "count")) + "/" +
                or_dash(member_number(row, "ledger", "count")),
            moment_in(row, "since"),
            row.text_or("reason")};
}

}  // namespace

const Form kTakeOutForm{ReportKind::take_out, kOutTitles, out_cells,
                        kOutColumns,          out_print,  out_sums};
const Form kReconciliationForm{ReportKind::reconciliation, kLineTitles, line_cells, kLineColumns,
                               line_print};

}  // namespace seals::report
