// Rows about evidence: signing, proofs, and the verification of a bundle.
#pragma once

#include <string>

#include "report.hpp"

namespace seals::perf {

// Over the ledger that measure_large_ledger() left in FOLDER/start/state.
void measure_evidence(Report& report, const std::string& folder, std::uint64_t events);

}  // namespace seals::perf
