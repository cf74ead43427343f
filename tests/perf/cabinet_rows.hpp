// Rows that need the programs themselves: a simulated cabinet in a folder of its own.
#pragma once

#include <string>

#include "report.hpp"

namespace seals::perf {

void measure_sockets(Report& report, const std::string& folder);    // 32 clients on a slow disk
void measure_takes(Report& report, const std::string& folder);      // order to line, one take
void measure_inventory(Report& report, const std::string& folder);  // 60 slots, one reader
void measure_rush(Report& report, const std::string& folder);
void measure_rest(Report& report, const std::string& folder);  // status, memory, CPU, loop
void measure_start(Report& report, const std::string& folder, std::uint64_t events);

}  // namespace seals::perf
