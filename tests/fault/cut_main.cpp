// seals-crash [--cuts N] [--seed S]: cuts the power under the ledger N times (2000
// unless given) as it is shipped, fewer times under settings that must lose something, and prints a
// table. Exit 0: nothing was lost as shipped, and each of the others was caught losing. Else it
// says with which seed the same happens again.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "cut_life.hpp"

namespace seals::test {
namespace {

const Setting kSettings[] = {
    {"as shipped: WAL, FULL", false, false, {}, true},
    {"WAL, NORMAL", true, false, {{"synchronous", "1"}}, true},
    {"WAL, FULL, the disk lies", true, true, {}, true},
    {"DELETE journal, FULL", true, false, {{"journal_mode", ""}}, false},
};
constexpr std::uint64_t kMostLong = 60;  // cuts in a life

struct Row {
    Cuts cuts;
    std::uint64_t lives = 0, acknowledged = 0, lost = 0, corrupt = 0, forked = 0, wrong = 0;
    double seconds = 0;
    std::string first;
};

void add(Row& row, const Finding& finding, std::uint64_t seed) {
    if (finding.ok()) return;
    ++row.wrong;
    row.lost += finding.lost;
    row.corrupt += finding.corrupt ? 1 : 0;
    row.forked += finding.forked ? 1 : 0;
    if (row.first.empty()) row.first = fmt::format("seed {}: {}", seed, finding.what);
}

// Every other life is short, so that many cuts hit a birth.
void live(Row& row, const Setting& setting, std::uint64_t seed, std::uint64_t most,
          const std::string& path) {
    CutLife life(setting, seed, path);
    auto rounds = std::min(seed % 2 == 0 ? 1 + seed / 2 % 4 : kMostLong, most);
    Finding finding;
    for (std::uint64_t i = 0; i < rounds && finding.ok() && !life.grown(); ++i)
        finding = life.round();
    if (finding.ok()) finding = life.last_look();
    add(row, finding, seed);
    ++row.lives;
    row.acknowledged += life.acknowledged();
    row.cuts.add(life.cuts());
}

Row run(const Setting& setting, std::uint64_t cuts, std::uint64_t seed, const std::string& path) {
    Row row;
    auto start = std::chrono::steady_clock::now();
    while (row.cuts.all() < cuts && (setting.loses || row.wrong == 0))
        live(row, setting, seed++, cuts - row.cuts.all(), path);
    row.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return row;
}

void print(const Setting& setting, const Row& row) {
    fmt::print("{:<26} {:>6} {:>6} {:>6} {:>10} {:>8} {:>7} {:>6} {:>7.0f}\n", setting.name,
               row.cuts.all(), row.cuts.in_write, row.cuts.after_answer, row.acknowledged, row.lost,
               row.corrupt, row.forked, static_cast<double>(row.cuts.all()) / row.seconds);
    std::fflush(stdout);
}

void print(const std::map<std::string, std::uint64_t>& counts) {
    const char* before = "    cut in: ";
    for (const auto& [what, n] : counts)
        fmt::print("{}{} {}", std::exchange(before, ", "), what, n);
    fmt::print("\n");
}

// A harness that never struck there has not shown that it is safe there.
bool struck_everywhere(const Cuts& cuts) {
    print(cuts.struck);
    print(cuts.doing);
    bool all = true;
    for (const char* where : {"write database-wal", "sync database-wal", "write database",
                              "sync database", "write database-journal", "remove database-wal",
                              "remove database-journal", "sync folder"})
        if (!cuts.struck.contains(where)) {
            fmt::print("FAILED: no cut in: {}\n", where);
            all = false;
        }
    return all;
}

bool right(const Setting& setting, const Row& row) {
    if (!setting.loses && row.wrong > 0) {
        fmt::print("FAILED: {}\n  again: seals-crash --cuts 60 --{}\n", row.first,
                   row.first.substr(0, row.first.find(':')));
        return false;
    }
    if (!setting.loses) return row.cuts.all() < 1000 || struck_everywhere(row.cuts);
    if (row.lost > 0) {
        fmt::print("    found, as it must be: {}\n", row.first);
        return true;
    }
    fmt::print("FAILED: nothing is lost with {}: the harness does not bite\n", setting.name);
    return false;
}

int main(std::uint64_t cuts, std::uint64_t seed) {
    auto folder = std::filesystem::temp_directory_path() / fmt::format("seals-cut-{}", ::getpid());
    std::filesystem::create_directories(folder);
    auto path = (folder / "ledger.db").string();
    fmt::print("{} cuts, seed {}\n{:<26} {:>6} {:>6} {:>6} {:>10} {:>8} {:>7} {:>6} {:>7}\n", cuts,
               seed, "setting", "cuts", "inside", "after", "leaves", "lost", "corrupt", "forked",
               "cuts/s");
    bool all_right = true;
    for (const auto& setting : kSettings) {
        auto row =
            run(setting, setting.loses ? std::max<std::uint64_t>(cuts / 10, 60) : cuts, seed, path);
        print(setting, row);
        all_right = right(setting, row) && all_right;
    }
    std::filesystem::remove_all(folder);
    return all_right ? 0 : 1;
}

}  // namespace
}  // namespace seals::test

int main(int argc, char** argv) {
    std::uint64_t cuts = 2000, seed = 1;
    for (int i = 1; i < argc; ++i) {
        auto* to = std::strcmp(argv[i], "--cuts") == 0   ? &cuts
                   : std::strcmp(argv[i], "--seed") == 0 ? &seed
                                                         : nullptr;
        if (to == nullptr || ++i == argc) {
            std::fputs("usage: seals-crash [--cuts N] [--seed S]\n", stderr);
            return 2;
        }
        *to = std::strtoull(argv[i], nullptr, 10);
    }
    return seals::test::main(cuts, seed);
}
