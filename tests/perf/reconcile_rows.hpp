// How long a reconciliation of a large export takes against a large ledger, and what memory.
#pragma once

#include <cstdint>
#include <string>

#include "report.hpp"

namespace seals::perf {

// Against the ledger of FOLDER/start; leaves the cabinet stopped.
void measure_reconciliation(Report& report, const std::string& folder, std::uint64_t events);

}  // namespace seals::perf
