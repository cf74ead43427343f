// seals-perf [FOLDER [EVENTS [ledger]]]: measures the rows of the design and prints them beside
// their goals. FOLDER must lie on a real disk (default: perf.tmp in this one); EVENTS is 1,000,000
// unless given; "ledger": only the rows that depend on it. JSON lines go to FOLDER/perf.jsonl.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "cabinet_rows.hpp"
#include "evidence_rows.hpp"
#include "ledger_rows.hpp"
#include "reconcile_rows.hpp"
#include "report.hpp"

int main(int argc, char** argv) {
    using namespace seals::perf;
    bool all = argc < 4;
    if (argc > 4 || (argc > 1 && argv[1][0] == '-') ||
        (!all && std::string_view(argv[3]) != "ledger")) {
        std::fputs("usage: seals-perf [FOLDER [EVENTS [ledger]]]\n", stderr);
        return 2;
    }
    auto folder = std::filesystem::absolute(argc > 1 ? argv[1] : "perf.tmp").string();
    std::uint64_t events = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    std::filesystem::create_directories(folder);
    Report report;
    if (all) {
        measure_appends(report, folder);
        measure_sockets(report, folder);
        measure_takes(report, folder);
        measure_inventory(report, folder);
        measure_rush(report, folder);
        measure_rest(report, folder);
    }
    measure_index_lag(report, folder);
    measure_large_ledger(report, folder, events);  // leaves it in FOLDER/start/state
    measure_evidence(report, folder, events);
    measure_start(report, folder, events);
    if (all) measure_reconciliation(report, folder, events);
    report.write_json(folder + "/perf.jsonl");
    std::printf("JSON lines: %s/perf.jsonl\n", folder.c_str());
    return 0;
}
