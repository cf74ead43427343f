// Form: how a kind of report looks, as a spreadsheet and in print. One row of a table per kind;
// rows are the JSON objects of seals-api(7). Pure, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.hpp"
#include "report/cell.hpp"
#include "words/report_kinds.hpp"

namespace seals::report {

enum class Side { left, right, middle };

struct PrintColumn {
    std::string_view title;
    std::size_t width;  // of text, in columns; in HTML its share of the page
    Side side = Side::left;
};

struct Form {
    ReportKind kind;
    std::span<const std::string_view> titles;  // of the spreadsheet
    std::vector<Cell> (*cells)(const Value& row);
    std::span<const PrintColumn> columns;
    std::vector<std::string> (*print_cells)(const Value& row);
    // What stands under the columns in a line of sums, and is not empty; null: the sums as text.
    std::vector<std::string> (*sum_cells)(const ReportSums& sums) = nullptr;
    std::string (*section)(const Value& row) = nullptr;  // its heading; a new one begins a section
    std::string_view signs = "制表  复核";               // who signs, blanks between
    bool page_sums = true;
};

const Form& form_of(ReportKind kind);

// "3 行,份数 4,批准 10": what is added up, as text.
std::string sums_text(const ReportSums& sums);

// The rows of the table, one file each.
extern const Form kRegisterForm, kCustodyForm, kHandoverForm, kInventoryForm, kTakeOutForm,
    kExceptionsForm, kReconciliationForm, kDestructionForm, kUsageForm;

}  // namespace seals::report
