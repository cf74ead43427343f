// 用印统计: the same uses told by seal, entity, person, department, document and hour, and the work
// of the custodians.
#include <array>

#include "report/fields.hpp"
#include "report/form.hpp"
#include "report/usage.hpp"

namespace seals::report {
namespace {

constexpr auto kSections = std::to_array<TermRow>({{"seal", "按印章"},
                                                   {"entity", "按所属单位"},
                                                   {"person", "按盖印人"},
                                                   {"department", "按申请部门"},
                                                   {"document", "按文件类型"},
                                                   {"hour", "按时段"},
                                                   {"custodian", "保管人工作量"}});

constexpr std::string_view kTitles[] = {"统计口径", "序号",          "编号",     "名称",
                                        "用印笔数", "盖印次数",      "骑缝次数", "取章次数",
                                        "监印次数", "在手时长(小时)"};

constexpr PrintColumn kColumns[] = {{"序号", 5, Side::right},
                                    {"编号", 14},
                                    {"名称", 42},
                                    {"用印笔数", 9, Side::right},
                                    {"盖印次数", 9, Side::right},
                                    {"骑缝次数", 9, Side::right},
                                    {"取章次数", 9, Side::right},
                                    {"监印次数", 9, Side::right},
                                    {"在手时长(小时)", 16, Side::right}};

std::string id_of(const Value& row) {
    if (auto seal = row.text_or("seal"); !seal.empty()) return seal;
    const auto* person = row.find("person");
    return person != nullptr ? person->text_or("id") : std::string{};
}

// One decimal, rounded, without floating point.
std::string hours_of(const Value& row) {
    constexpr std::int64_t kTenth = 360'000;
    auto tenths = (row.integer_or("out_ms") + kTenth / 2) / kTenth;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

bool is_work(const Value& row) {
    return row.text_or("by") == "custodian";
}

std::vector<Cell> cells(const Value& row) {
    auto number = [&](const char* name) { return Cell(row.integer_or(name)); };
    auto work = [&](const char* name) { return is_work(row) ? number(name) : Cell(); };
    Cell hours;
    if (is_work(row)) {
        hours.text = hours_of(row);
        hours.number = true;
    }
    return {usage_section(row),   number("number"),
            id_of(row),           usage_name(row),
            number("uses"),       number("impressions"),
            number("cross_page"), work("loans"),
            work("witnessed"),    hours};
}

std::vector<std::string> print_cells(const Value& row) {
    auto number = [&](const char* name) { return std::to_string(row.integer_or(name)); };
    auto work = [&](const char* name) { return is_work(row) ? number(name) : std::string{}; };
    return {number("number"),
            id_of(row),
            usage_name(row),
            number("uses"),
            number("impressions"),
            number("cross_page"),
            work("loans"),
            work("witnessed"),
            is_work(row) ? hours_of(row) : ""};
}

}  // namespace

std::string usage_section(const Value& row) {
    return term_in(kSections, row.text_or("by"));
}

std::string usage_name(const Value& row) {
    if (row.find("seal") != nullptr) return row.text_or("seal_name");
    if (row.find("person") != nullptr) return person_in(row, "person");
    auto name = row.text_or("name");
    if (row.text_or("by") == "hour") return name + ":00–" + name + ":59";
    return name.empty() ? "(未填)" : name;
}

const Form kUsageForm{ReportKind::usage, kTitles,       cells,        kColumns, print_cells,
                      nullptr,           usage_section, "制表  复核", false};

}  // namespace seals::report
