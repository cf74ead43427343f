// The keepers' forms: 印章保管台账, 印章交接单, 印章盘点表.
#include <array>

#include "report/fields.hpp"
#include "report/form.hpp"

namespace seals::report {
namespace {

std::string number_text(const Value& row, const char* name) {
    return std::to_string(row.integer_or(name));
}

// --- 印章保管台账 ---

constexpr std::string_view kCustodyTitles[] = {
    "序号",     "印章编号", "印章名称", "印章类型", "所属单位", "备案号",
    "格口",     "保管人",   "印章状态", "状态起始", "保管状态", "持有人",
    "取出时间", "应还时间", "换章后",   "期内取章", "期内用印", "期内盖印次数"};

constexpr PrintColumn kCustodyColumns[] = {{"序号", 4, Side::right},
                                           {"印章编号", 8},
                                           {"印章名称", 15},
                                           {"类型", 10},
                                           {"所属单位", 14},
                                           {"备案号", 8},
                                           {"格口", 4, Side::middle},
                                           {"保管人", 11},
                                           {"印章状态", 8},
                                           {"保管状态", 8},
                                           {"持有人", 11},
                                           {"应还时间", 10},
                                           {"期内取章/用印", 7, Side::middle}};

// A 角 first, then B.
std::string keepers_of(const Value& row) {
    return persons_in(row, "custodians");
}

std::vector<Cell> custody_cells(const Value& row) {
    auto text = [&](const char* name) { return Cell(row.text_or(name)); };
    auto number = [&](const char* name) { return Cell(row.integer_or(name)); };
    return {number("number"),
            text("seal"),
            text("seal_name"),
            seal_type_text(row.text_or("type")),
            text("entity"),
            text("filing_no"),
            text("slot"),
            keepers_of(row),
            term_in(seal_states(), row.text_or("state")),
            moment_in(row, "state_since"),
            term_in(custodies(), row.text_or("custody")),
            person_in(row, "holder"),
            moment_in(row, "taken"),
            moment_in(row, "due"),
            text("replaced_by"),
            number("takings"),
            number("uses"),
            number("impressions")};
}

std::vector<std::string> custody_print(const Value& row) {
    return {number_text(row, "number"),
            row.text_or("seal"),
            row.text_or("seal_name"),
            seal_type_text(row.text_or("type")),
            row.text_or("entity"),
            row.text_or("filing_no"),
            row.text_or("slot"),
            keepers_of(row),
            term_in(seal_states(), row.text_or("state")),
            term_in(custodies(), row.text_or("custody")),
            person_in(row, "holder"),
            moment_in(row, "due"),
            number_text(row, "takings") + "/" + number_text(row, "uses")};
}

std::vector<std::string> custody_sums(const ReportSums& sums) {
    std::vector<std::string> cells(std::size(kCustodyColumns));
    cells.back() = std::to_string(sums.value(0)) + "/" + std::to_string(sums.value(1));
    return cells;
}

// --- 印章交接单 ---

constexpr std::string_view kHandoverTitles[] = {
    "序号",   "交接编号", "交接类别", "状态",     "印章编号", "印章名称", "所属单位",
    "移交人", "接收人",   "发起人",   "发起时间", "接收时间", "代管至",   "账本序号"};

constexpr PrintColumn kHandoverColumns[] = {
    {"序号", 4, Side::right}, {"交接编号", 14}, {"类别", 8},      {"状态", 6},
    {"印章编号", 8},          {"印章名称", 16}, {"移交人", 11},   {"接收人", 11},
    {"监交人", 11},           {"发起时间", 10}, {"接收时间", 10}, {"代管至", 10}};

std::vector<Cell> handover_cells(const Value& row) {
    auto text = [&](const char* name) { return Cell(row.text_or(name)); };
    return {Cell(row.integer_or("number")),
            text("id"),
            term_in(handover_kinds(), row.text_or("handover")),
            term_in(handover_states(), row.text_or("state")),
            text("seal"),
            text("seal_name"),
            text("entity"),
            person_in(row, "from_person"),
            person_in(row, "to_person"),
            person_in(row, "by_person"),
            moment_in(row, "offered"),
            moment_in(row, "accepted"),
            moment_in(row, "until"),
            Cell(row.integer_or("seq"))};
}

// In an absence the third custodian who began it saw it; else the witness signs by hand.
std::vector<std::string> handover_print(const Value& row) {
    return {number_text(row, "number"),
            row.text_or("id"),
            term_in(handover_kinds(), row.text_or("handover")),
            term_in(handover_states(), row.text_or("state")),
            row.text_or("seal"),
            row.text_or("seal_name"),
            person_in(row, "from_person"),
            person_in(row, "to_person"),
            person_in(row, "by_person"),
            moment_in(row, "offered"),
            moment_in(row, "accepted"),
            moment_in(row, "until")};
}

// --- 印章盘点表 ---

constexpr std::array<TermRow, 3> kBook{{{"present", "在柜"}, {"out", "借出"}, {"empty", "空"}}};

constexpr std::string_view kInventoryTitles[] = {
    "序号",     "盘点编号", "盘点时间", "盘点方式", "盘点人",   "格口", "印章编号", "印章名称",
    "所属单位", "账面",     "实盘",     "人工录入", "盲盘比对", "差异", "原因",     "账本序号"};

constexpr PrintColumn kInventoryColumns[] = {
    {"序号", 5, Side::right}, {"盘点时间", 10},          {"方式", 6},
    {"盘点人", 11},           {"格口", 4, Side::middle}, {"印章编号", 9},
    {"印章名称", 20},         {"账面", 4, Side::middle}, {"实盘", 20},
    {"盲盘比对", 10},         {"差异", 4, Side::middle}, {"原因", 16}};

std::string way_of(const Value& row) {
    if (!row.text_or("recount_of").empty()) return "复盘";
    if (row.boolean_or("blind")) return "盲盘";
    return row.boolean_or("since_last") ? "增量" : "全盘";
}

std::string counter_of(const Value& row) {
    auto person = person_in(row, "person");
    return person.empty() ? "系统自动" : person;
}

std::string difference_of(const Value& row) {
    return row.integer_or("discrepancies") + row.integer_or("mismatches") > 0 ? "有" : "无";
}

std::string found_of(const Value& row) {
    return term_in(verdicts(), row.text_or("verdict")) +
           (row.boolean_or("busy") ? "(当时正在取还)" : "");
}

std::vector<Cell> inventory_cells(const Value& row) {
    auto text = [&](const char* name) { return Cell(row.text_or(name)); };
    return {Cell(row.integer_or("number")),
            text("id"),
            moment_in(row, "at"),
            way_of(row),
            counter_of(row),
            text("slot"),
            text("seal"),
            text("seal_name"),
            text("entity"),
            term_in(kBook, row.text_or("book")),
            found_of(row),
            text("entered"),
            term_in(blind_results(), row.text_or("result")),
            difference_of(row),
            "",
            Cell(row.integer_or("seq"))};
}

std::vector<std::string> inventory_print(const Value& row) {
    return {number_text(row, "number"),
            moment_in(row, "at"),
            way_of(row),
            counter_of(row),
            row.text_or("slot"),
            row.text_or("seal"),
            row.text_or("seal_name"),
            term_in(kBook, row.text_or("book")),
            found_of(row),
            term_in(blind_results(), row.text_or("result")),
            difference_of(row),
            ""};
}

}  // namespace

const Form kCustodyForm{ReportKind::custody, kCustodyTitles, custody_cells,
                        kCustodyColumns,     custody_print,  custody_sums};
const Form kHandoverForm{
    ReportKind::handover, kHandoverTitles, handover_cells, kHandoverColumns,
    handover_print,       nullptr,         nullptr,        "移交人  接收人  监交人"};
const Form kInventoryForm{
    ReportKind::inventory, kInventoryTitles, inventory_cells, kInventoryColumns,
    inventory_print,       nullptr,          nullptr,         "盘点人  监盘人  复核"};

}  // namespace seals::report
