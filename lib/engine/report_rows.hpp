// The makers of report rows, one per kind. A row is a JSON object with the members that
// seals-api(7) lists; what is not known is left out. They read page by page and keep no rows, so
// that the memory they take does not grow with the period. Block; one thread.
#pragma once

#include <functional>
#include <string>

#include "engine/report_reading.hpp"

namespace seals::engine {

using Emit = std::function<Status(Value row)>;

Status register_report(ReportReading& reading, const Emit& emit);
Status custody_report(ReportReading& reading, const Emit& emit);
Status handover_report(ReportReading& reading, const Emit& emit);
Status inventory_report(ReportReading& reading, const Emit& emit);
Status take_out_report(ReportReading& reading, const Emit& emit);
Status exceptions_report(ReportReading& reading, const Emit& emit);
// `items`: the folder of the item files of runs.
Status reconciliation_report(ReportReading& reading, const std::string& items, const Emit& emit);
Status destruction_report(ReportReading& reading, const Emit& emit);
Status usage_report(ReportReading& reading, const Emit& emit);

}  // namespace seals::engine
