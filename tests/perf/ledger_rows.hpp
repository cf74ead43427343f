// Rows of the ledger itself, in this process.
#pragma once

#include <cstdint>
#include <string>

#include "report.hpp"

namespace seals::perf {

// One client's durable appends with views against bare SQLite doing the same INSERT and COMMIT.
void measure_appends(Report& report, const std::string& folder);

// A ledger of `events` events: search, opening, verification. Leaves a simulated cabinet's state
// folder behind in FOLDER/start/state, for measure_start().
void measure_large_ledger(Report& report, const std::string& folder, std::uint64_t events);

// Appends as fast as the disk allows while the index follows, as in sealsd; and searches meanwhile.
void measure_index_lag(Report& report, const std::string& folder);

}  // namespace seals::perf
