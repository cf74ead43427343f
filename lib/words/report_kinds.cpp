#include "words/report_kinds.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace seals {
namespace {

using enum ReportKind;

constexpr auto kRegister = std::to_array<SumRow>({{"copies", "份数"},
                                                  {"granted", "批准"},
                                                  {"granted_cross_page", "批准骑缝"},
                                                  {"impressions", "实际"},
                                                  {"cross_page", "骑缝"},
                                                  {"excess", "超批准"},
                                                  {"excess_cross_page", "骑缝超批准"}});
constexpr auto kCustody =
    std::to_array<SumRow>({{"takings", "取章"}, {"uses", "用印"}, {"impressions", "盖印次数"}});
constexpr auto kHandover = std::to_array<SumRow>({{"open", "未了结"}});
constexpr auto kInventory =
    std::to_array<SumRow>({{"discrepancies", "差异"}, {"mismatches", "盲盘不一致"}});
constexpr auto kTakeOut = std::to_array<SumRow>(
    {{"impressions", "用印次数"}, {"cross_page", "骑缝"}, {"overdue", "逾期"}});
constexpr auto kReconciliation =
    std::to_array<SumRow>({{"loans", "取用"}, {"uses", "用印次数"}, {"open", "待处理"}});
constexpr auto kUsage =
    std::to_array<SumRow>({{"uses", "用印"}, {"impressions", "盖印次数"}, {"cross_page", "骑缝"}});

constexpr std::array<ReportKindRow, 9> kRows{{
    {use_register, "register", "用印登记簿", "the register of use", kRegister},
    {custody, "custody", "印章保管台账", "where each seal is and who keeps it", kCustody},
    {handover, "handover", "印章交接单", "handovers offered in the period", kHandover},
    {inventory, "inventory", "印章盘点表", "inventories, slot by slot", kInventory},
    {take_out, "take-out", "外带用印登记表", "seals that left the office", kTakeOut},
    {exceptions, "exceptions", "异常用印清单", "what was not as it should be", {}},
    {reconciliation, "reconciliation", "对账差异表", "open and explained lines of the last run",
     kReconciliation},
    {destruction,
     "destruction",
     "印章启用、停用、换章、封存、缴销、销毁记录",
     "acts on the lives of seals",
     {}},
    {usage, "usage", "用印统计", "uses by seal, person, department, entity, document, hour",
     kUsage},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (static_cast<std::size_t>(kRows[i].kind) != i) return false;
    return true;
}
static_assert(in_order(), "rows stand in the order of the enumeration");

}  // namespace

std::span<const ReportKindRow> report_kind_rows() {
    return kRows;
}

const ReportKindRow& row_of(ReportKind kind) {
    return kRows[static_cast<std::size_t>(kind)];
}

std::optional<ReportKind> report_kind_named(std::string_view name) {
    auto found =
        std::find_if(kRows.begin(), kRows.end(), [&](const auto& row) { return row.name == name; });
    return found == kRows.end() ? std::nullopt : std::optional(found->kind);
}

void ReportSums::add(const Value& row) {
    ++rows_;
    if (row.find("by") != nullptr && row.text_or("by") != kSummedSection) return;
    const auto& sums = seals::row_of(kind_).sums;
    for (std::size_t i = 0; i < sums.size(); ++i)
        values_[i] += row.integer_or(sums[i].name);
}

Value ReportSums::to_value() const {
    Value out{Value::Object{}};
    out.add("rows", rows_);
    const auto& sums = seals::row_of(kind_).sums;
    for (std::size_t i = 0; i < sums.size(); ++i)
        out.add(std::string(sums[i].name), values_[i]);
    return out;
}

bool ReportSums::agrees(const Value& totals) const {
    if (totals.integer_or("rows", -1) != rows_) return false;
    const auto& sums = seals::row_of(kind_).sums;
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (totals.integer_or(sums[i].name, -1) != values_[i]) return false;
    return true;
}

}  // namespace seals
