#include "reconcile_rows.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <fmt/format.h>

#include "cabinet.hpp"
#include "client/client.hpp"
#include "ledger/reader.hpp"
#include "rules/row.hpp"
#include "workload.hpp"

namespace seals::perf {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kLines = 100'000;
constexpr const char* kTail = ",否,,,审批通过\n";

void write_line(std::ofstream& to, const std::string& id, const std::string& applicant, Instant at,
                const std::string& seal, const std::string& title, std::int64_t copies) {
    to << id << ',' << applicant << ',' << to_rfc3339(at) << ',' << seal << ",\"" << title << "\","
       << copies << kTail;
}

// What the ledger has, as an OA would export it, then lines that it has never seen. Returns how
// many.
std::size_t write_export(const std::string& ledger, const std::string& path) {
    auto reader = ledger::Reader::open(ledger);
    std::ofstream file(path, std::ios::binary);
    file << "流程编号,申请人工号,申请时间,印章编号,文件名称,用印份数,是否外带,外带地点,"
            "预计归还时间,流程状态\n";
    std::size_t lines = 0;
    for (std::string after; reader && lines < kLines;) {
        auto rows = reader->rows("request", after, 500);
        if (!rows || rows->empty()) break;
        after = rows->back().id;
        for (const auto& row : *rows) {
            auto request = rules::request_from(*row.body);
            for (const auto& line : request.lines) {
                write_line(file, request.external_id, request.applicant.str(), request.applied_at,
                           line.seal.str(), request.title, line.copies);
                ++lines;
            }
        }
    }
    for (std::size_t n = 0; lines < kLines; ++n, ++lines)
        write_line(file, fmt::format("NEW-{:06}", n), "E1", kFirstDay + milliseconds{1}, "YZ-1",
                   "合同", 1);
    return lines;
}

// The most that `measure` saw while `work` ran, asked every few milliseconds.
double most_during(const std::function<double()>& measure, const std::function<void()>& work) {
    std::atomic<bool> done{false};
    double most = 0;
    std::thread watcher([&] {
        while (!done) {
            most = std::max(most, measure());
            std::this_thread::sleep_for(5ms);
        }
    });
    work();
    done = true;
    watcher.join();
    return most;
}

}  // namespace

void measure_reconciliation(Report& report, const std::string& folder, std::uint64_t events) {
    auto what = fmt::format("reconciliation of {} lines, {} events", kLines, events);
    Cabinet cabinet(folder + "/start");
    auto path = folder + "/export.csv";
    auto lines = write_export(cabinet.folder() + "/state/ledger.db", path);
    if (lines < kLines || !cabinet.up(41)) return report.failed(what, "nothing to measure");
    std::this_thread::sleep_for(3s);
    auto sealctl = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "sealctl";
    auto command = fmt::format(
        "{} --socket {} reconcile {} --source {} --from 2024-01-01 --to "
        "2040-01-01 >{}/reconcile.out 2>&1",
        sealctl.string(), cabinet.socket(), path, "oa", folder);
    auto pid = cabinet.pid("sealsd");
    auto before = memory_mib(pid);
    int exit = 0;
    double span = 0, stall = 0;
    client::Client client(cabinet.socket());
    auto most = most_during(
        [&] { return memory_mib(pid); },
        [&] {
            stall = most_during(
                [&] { return 1000 * seconds_of([&] { (void)client.get("/v1/status"); }); },
                [&] { span = seconds_of([&] { exit = run(command); }); });
        });
    if (exit != 0 && exit != 1 << 8 && exit != 1)
        return report.failed(what, "see " + folder + "/reconcile.out");
    report.add({what, span, "s", Goal::none, 0,
                fmt::format("sealctl and sealsd-intake included; {:.0f} lines/s",
                            static_cast<double>(lines) / span)});
    report.add({"memory of sealsd for it, at most", most - before, "MiB", Goal::none, 0,
                fmt::format("{:.0f} MiB before, {:.0f} after", before, memory_mib(pid))});
    report.add({"longest answer to GET /v1/status during it", stall, "ms", Goal::most, 20});
}

}  // namespace seals::perf
