#include "report/form.hpp"

namespace seals::report {

const Form& form_of(ReportKind kind) {
    switch (kind) {
        case ReportKind::use_register:
            return kRegisterForm;
        case ReportKind::custody:
            return kCustodyForm;
        case ReportKind::handover:
            return kHandoverForm;
        case ReportKind::inventory:
            return kInventoryForm;
        case ReportKind::take_out:
            return kTakeOutForm;
        case ReportKind::exceptions:
            return kExceptionsForm;
        case ReportKind::reconciliation:
            return kReconciliationForm;
        case ReportKind::destruction:
            return kDestructionForm;
        case ReportKind::usage:
            return kUsageForm;
    }
    return kRegisterForm;
}

std::string sums_text(const ReportSums& sums) {
    auto text = std::to_string(sums.rows()) + " 行";
    const auto& rows = row_of(sums.kind()).sums;
    for (std::size_t i = 0; i < rows.size(); ++i)
        text += "," + std::string(rows[i].zh) + " " + std::to_string(sums.value(i));
    return text;
}

}  // namespace seals::report
