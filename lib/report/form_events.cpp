// Forms whose rows are entries of the ledger: 异常用印清单, and the records of seals' lives.
#include <array>

#include "report/fields.hpp"
#include "report/form.hpp"
#include "words/alert_types.hpp"
#include "words/event_types.hpp"
#include "words/rules.hpp"
#include "words/texts.hpp"

namespace seals::report {
namespace {

const Value& part_of(const Value& row, const char* name) {
    static const Value kNone;
    const auto* part = row.find(name);
    return part != nullptr ? *part : kNone;
}

std::string event_of(const Value& row) {
    auto name = row.text_or("event");
    auto type = event_type_named(name);
    return type ? std::string(row_of(*type).zh) : name;
}

// --- 异常用印清单 ---

constexpr std::array<TermRow, 4> kSeverities{
    {{"low", "低"}, {"medium", "中"}, {"high", "高"}, {"critical", "紧急"}}};

std::string rule_of(const Value& data) {
    auto id = data.text_or("rule");
    for (const auto& rule : rule_rows())
        if (rule.id == id) return id + " " + std::string(rule.name_zh);
    return id;
}

std::string excess_of(const Value& data) {
    auto excess = data.integer_or("excess") + data.integer_or("excess_cross_page");
    return excess > 0 ? "超批准 " + std::to_string(excess) + " 次" : std::string{};
}

// Why an act was refused: the key of a text and what stands in its places.
std::string refusal_of(const Value& data) {
    auto key = data.text_or("text");
    return key.empty() ? key : render(Language::zh_CN, key, data.texts_or("args"));
}

std::string note_of(const Value& row) {
    const auto &data = part_of(row, "data"), &texts = part_of(row, "texts");
    std::vector<std::string> told{rule_of(data), refusal_of(data), excess_of(data)};
    if (data.boolean_or("late")) told.emplace_back("补登");
    if (auto alert = data.text_or("alert"); !alert.empty())
        told.emplace_back(alert_text(Language::zh_CN, alert));
    for (const char* name : {"id", "about", "uid"})
        told.push_back(data.text_or(name));
    for (const char* name : {"exceptions", "reason", "basis", "document", "title"})
        told.push_back(texts.text_or(name));
    if (auto by = data.integer_or("by_ms"); by != 0)
        told.push_back(std::to_string(by / 1000) + " 秒");
    return joined(told, ";");
}

std::string severity_of(const Value& row) {
    return term_in(kSeverities, part_of(row, "data").text_or("severity"));
}

constexpr std::string_view kExceptionTitles[] = {"序号",     "时间",     "事项",     "级别",
                                                 "印章编号", "印章名称", "所属单位", "格口",
                                                 "人员",     "流程编号", "说明",     "账本序号"};

constexpr PrintColumn kExceptionColumns[] = {{"序号", 4, Side::right},
                                             {"时间", 10},
                                             {"事项", 16},
                                             {"级别", 4, Side::middle},
                                             {"印章编号", 9},
                                             {"印章名称", 16},
                                             {"格口", 4, Side::middle},
                                             {"人员", 11},
                                             {"流程编号", 11},
                                             {"说明", 28},
                                             {"账本序号", 7, Side::right}};

std::vector<Cell> exception_cells(const Value& row) {
    auto text = [&](const char* name) { return Cell(row.text_or(name)); };
    auto at = instant_in(row, "at");
    return {Cell(row.integer_or("number")),
            at ? exact_moment_text(*at) : "",
            event_of(row),
            severity_of(row),
            text("seal"),
            text("seal_name"),
            text("entity"),
            part_of(row, "data").text_or("slot"),
            person_in(row, "person"),
            text("request"),
            note_of(row),
            Cell(row.integer_or("seq"))};
}

std::vector<std::string> exception_print(const Value& row) {
    return {std::to_string(row.integer_or("number")),
            moment_in(row, "at"),
            event_of(row),
            severity_of(row),
            row.text_or("seal"),
            row.text_or("seal_name"),
            part_of(row, "data").text_or("slot"),
            person_in(row, "person"),
            row.text_or("request"),
            note_of(row),
            std::to_string(row.integer_or("seq"))};
}

// --- 印章启用、停用、换章、封存、缴销、销毁记录 ---

constexpr std::string_view kLifeTitles[] = {
    "序号",   "时间", "事项",   "印章编号", "印章名称",     "印章类型", "所属单位", "备案号",
    "新章号", "依据", "见证人", "批准人",   "经办人(账户)", "附件",     "账本序号"};

constexpr PrintColumn kLifeColumns[] = {{"序号", 4, Side::right},
                                        {"时间", 10},
                                        {"事项", 12},
                                        {"印章编号", 8},
                                        {"印章名称", 16},
                                        {"备案号", 8},
                                        {"依据", 22},
                                        {"见证人", 11},
                                        {"批准人", 11},
                                        {"经办", 8},
                                        {"账本序号", 10, Side::right}};

// The two who released it from quarantine did what witnesses do elsewhere.
std::string witnesses_of(const Value& row) {
    auto witnesses = persons_in(row, "witnesses");
    return witnesses.empty() ? persons_in(row, "persons") : witnesses;
}

std::string basis_of(const Value& row) {
    const auto &data = part_of(row, "data"), &texts = part_of(row, "texts");
    auto basis = texts.text_or("basis");
    return basis.empty() ? data.text_or("source") : basis;
}

std::string successor_of(const Value& row) {
    return row.text_or("event") == row_of(EventType::seal_replaced).name
               ? part_of(row, "data").text_or("by")
               : std::string{};
}

std::vector<Cell> life_cells(const Value& row) {
    auto text = [&](const char* name) { return Cell(row.text_or(name)); };
    auto at = instant_in(row, "at");
    return {Cell(row.integer_or("number")),
            at ? exact_moment_text(*at) : "",
            event_of(row),
            text("seal"),
            text("seal_name"),
            seal_type_text(row.text_or("type")),
            text("entity"),
            text("filing_no"),
            successor_of(row),
            basis_of(row),
            witnesses_of(row),
            person_in(row, "approver"),
            text("actor"),
            text("file"),
            Cell(row.integer_or("seq"))};
}

std::vector<std::string> life_print(const Value& row) {
    auto successor = successor_of(row);
    return {std::to_string(row.integer_or("number")),
            moment_in(row, "at"),
            event_of(row) + (successor.empty() ? "" : "→" + successor),
            row.text_or("seal"),
            row.text_or("seal_name"),
            row.text_or("filing_no"),
            basis_of(row),
            witnesses_of(row),
            person_in(row, "approver"),
            row.text_or("actor"),
            std::to_string(row.integer_or("seq"))};
}

}  // namespace

const Form kExceptionsForm{ReportKind::exceptions, kExceptionTitles, exception_cells,
                           kExceptionColumns, exception_print};
const Form kDestructionForm{
    ReportKind::destruction, kLifeTitles, life_cells, kLifeColumns, life_print, nullptr, nullptr,
    "经办  监销(见证)  批准"};

}  // namespace seals::report
