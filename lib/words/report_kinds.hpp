// THE table of reports: name in command line and API, title of the form, and the members of a row
// that are added up. sealsd adds them up on the way, sealctl once more from the rows it printed.
// Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/value.hpp"

namespace seals {

enum class ReportKind {
    use_register,
    custody,
    handover,
    inventory,
    take_out,
    exceptions,
    reconciliation,
    destruction,
    usage
};

struct SumRow {
    std::string_view name;  // member of a row, and of the totals
    std::string_view zh;
};

struct ReportKindRow {
    ReportKind kind;
    std::string_view name;  // "take-out"
    std::string_view title;
    std::string_view about;  // for the manual
    std::span<const SumRow> sums;
};

std::span<const ReportKindRow> report_kind_rows();
const ReportKindRow& row_of(ReportKind kind);
std::optional<ReportKind> report_kind_named(std::string_view name);

// Totals of rows. Of a report in sections (rows with a member "by") only the first section counts:
// the others say the same of the same uses.
class ReportSums {
  public:
    explicit ReportSums(ReportKind kind)
        : kind_(kind), values_(seals::row_of(kind).sums.size(), 0) {}

    void add(const Value& row);
    std::int64_t rows() const { return rows_; }
    std::int64_t value(std::size_t i) const { return values_[i]; }
    ReportKind kind() const { return kind_; }
    Value to_value() const;  // {"rows": n, "impressions": n, ...}
    bool agrees(const Value& totals) const;

    friend bool operator==(const ReportSums&, const ReportSums&) = default;

  private:
    ReportKind kind_;
    std::int64_t rows_ = 0;
    std::vector<std::int64_t> values_;
};

// The first section of a usage report.
inline constexpr std::string_view kSummedSection = "seal";

}  // namespace seals
