#include "ledger_rows.hpp"

#include <filesystem>
#include <map>
#include <random>

#include <fmt/format.h>
#include <sqlite3.h>

#include "cabinet.hpp"
#include "engine/renewal.hpp"
#include "engine/verifier.hpp"
#include "leaf/hash.hpp"
#include "ledger/reader.hpp"
#include "ledger/search.hpp"
#include "workload.hpp"

namespace seals::perf {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kMany = 2'000'000;  // events; from then on each figure is taken once

// As scripts/demo-up configures a simulated cabinet, so that it starts on this ledger.
const ledger::Birth kBirth{"demo.example/cab-1/sim", true};

struct Files {
    std::string ledger, index;
};

std::string with_events(const char* what, std::uint64_t events) {
    return fmt::format("{}, {} events", what, events);
}

bool make_ledger(Report& report, const Files& files, std::uint64_t events) {
    auto ledger = ledger::Ledger::create(files.ledger, kBirth, kFirstDay, {"boot", 1});
    if (!ledger) {
        report.failed("a ledger to measure", ledger.error().detail);
        return false;
    }
    Workload workload(kFirstDay);
    Status status;
    double span = 0;
    auto memory = memory_mib_of(
        [&] { span = seconds_of([&] { status = fill(*ledger, workload, events); }); });
    if (!status) {
        report.failed("a ledger to measure", status.error().detail);
        return false;
    }
    report.add({"events per second, 1000 a commit, with views", static_cast<double>(events) / span,
                "1/s", Goal::none, 0, fmt::format("{:.0f} MiB", memory)});
    return true;
}

void measure_size(Report& report, const Files& files, std::uint64_t events) {
    auto size = static_cast<double>(std::filesystem::file_size(files.ledger));
    auto index = static_cast<double>(std::filesystem::file_size(files.index));
    auto count = static_cast<double>(events);
    report.add({"bytes per event, ledger", size / count, "B", Goal::none, 0,
                fmt::format("search index beside it {:.0f} B", index / count)});
}

void measure_opening(Report& report, const Files& files, std::uint64_t events) {
    std::vector<double> spans;
    std::size_t live = 0;
    for (int i = 0; i < 7; ++i)
        spans.push_back(seconds_of([&] {
            auto ledger = ledger::Ledger::open(files.ledger);
            auto reader = ledger::Reader::open(files.ledger);
            if (!ledger || !reader) return;
            auto rows = reader->live_rows(ledger->last_time());
            live = rows ? rows->size() : 0;
        }));
    auto what = with_events("open the ledger and load what is live", events);
    if (live == 0) return report.failed(what, "it does not open");
    report.add({what, median(spans) * 1000, "ms", Goal::most, 300, fmt::format("{} rows", live)});
}

// The least that any verification does: read every leaf and hash it.
double baseline(const std::string& path) {
    sqlite3* db = nullptr;
    sqlite3_stmt* entries = nullptr;
    leaf::Hasher hasher;
    auto span = seconds_of([&] {
        sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
        sqlite3_prepare_v2(db, "SELECT seq, leaf FROM entry ORDER BY seq", -1, &entries, nullptr);
        while (sqlite3_step(entries) == SQLITE_ROW) {
            const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(entries, 1));
            (void)hasher.sha256(
                {bytes, static_cast<std::size_t>(sqlite3_column_bytes(entries, 1))});
        }
    });
    sqlite3_finalize(entries);
    sqlite3_close(db);
    return span;
}

double verify_span(const Files& files, ledger::Depth depth, bool& ok) {
    ledger::VerifyOptions options;
    options.depth = depth;
    return seconds_of([&] {
        auto report = engine::verify_views(files.ledger, options);
        ok = report && report->ok;
        if (report && report->first_bad) fmt::print("{}\n", report->first_bad->reason);
    });
}

void measure_verify(Report& report, const Files& files, std::uint64_t events) {
    struct Case {
        ledger::Depth depth;
        const char* what;
        double limit;
        int runs;
    };
    baseline(files.ledger);  // so that all read from the page cache
    for (auto [depth, what, limit, runs] :
         {Case{ledger::Depth::hashes, "verification, hashes", 2, 5},
          Case{ledger::Depth::full, "verification, full semantics", 15, 3}}) {
        std::vector<double> ratios, spans;
        bool ok = true;
        double memory = 0;
        for (int i = 0; i < (events > kMany ? 1 : runs) && ok; ++i) {
            auto least = baseline(files.ledger);
            memory = std::max(
                memory, memory_mib_of([&] { spans.push_back(verify_span(files, depth, ok)); }));
            ratios.push_back(spans.back() / least);
        }
        if (!ok) {
            report.failed(what, "the ledger does not verify");
            continue;
        }
        report.add({with_events(what, events), median(ratios), "x", Goal::most, limit,
                    fmt::format("{:.2f} s; base: reading and SHA-256", median(spans))});
        report.add({std::string("memory of ") + with_events(what, events), memory, "MiB",
                    Goal::none, 0, "at most"});
    }
}

// As after an upgrade: no row of the views is one that the program knows.
void measure_renewal(Report& report, const Files& files, std::uint64_t events) {
    auto what = with_events("views made anew from the entries", events);
    sqlite3* db = nullptr;
    sqlite3_open_v2(files.ledger.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_exec(db, "DELETE FROM view WHERE kind='node'", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    auto ledger = ledger::Ledger::open(files.ledger);
    auto reader = ledger::Reader::open(files.ledger);
    if (!ledger || !reader) return report.failed(what, "the ledger does not open");
    Status status;
    double span = 0;
    auto memory = memory_mib_of(
        [&] { span = seconds_of([&] { status = engine::renew_views(*ledger, *reader); }); });
    if (!status) return report.failed(what, status.error().detail);
    report.add({what, span, "s", Goal::none, 0, fmt::format("{:.0f} MiB at most", memory)});
}

bool build_index(Report& report, const Files& files, std::uint64_t events) {
    auto reader = ledger::Reader::open(files.ledger);
    auto writer = ledger::SearchWriter::open(files.index);
    if (!reader || !writer) return false;
    std::uint64_t in = 0;
    auto span = seconds_of([&] {
        while (in < events) {
            auto more = writer->catch_up(*reader, 1000);
            if (!more || *more == in) break;
            in = *more;
        }
    });
    report.add({"events per second into the search index", static_cast<double>(in) / span, "1/s",
                Goal::none, 0});
    return in >= events;
}

void measure_words(Report& report, const Files& files, const std::string& what,
                   const std::vector<std::string>& words, double limit) {
    auto reader = ledger::Reader::open(files.ledger);
    ledger::SearchReader search(files.index);
    std::vector<double> spans;
    std::size_t hits = 0;
    for (const auto& word : words) {
        ledger::SearchQuery query;
        query.words = word;
        bool ok = true;
        spans.push_back(1000 * seconds_of([&] {
                            auto page = search.find(query, *reader,
                                                    Clock::now() + std::chrono::seconds{10});
                            ok = bool(page);
                            if (page) hits += page->hits.size();
                        }));
        if (!ok) return report.failed(what, "a search failed");
    }
    report.add(
        {what, percentile(spans, 0.99), "ms", limit > 0 ? Goal::most : Goal::none, limit,
         fmt::format("p99 of {}; p50 {:.2f} ms, {:.0f} hits each", spans.size(), median(spans),
                     static_cast<double>(hits) / static_cast<double>(spans.size()))});
}

void measure_search(Report& report, const Files& files, std::uint64_t events) {
    Workload words(kFirstDay, 7);
    auto many = [&](std::size_t count, std::size_t characters) {
        std::vector<std::string> out;
        for (; count > 0; --count)
            out.push_back(words.word(characters));
        return out;
    };
    measure_words(report, files, with_events("one 2-character word, newest 50", events),
                  many(300, 2), events > kMany ? 50 : 20);
    measure_words(report, files, with_events("one 4-character word, newest 50", events),
                  many(100, 4), 0);
    measure_words(report, files, with_events("one character, newest 50", events), many(100, 1), 0);
    std::vector<std::string> numbers;
    std::mt19937 random(3);
    for (int i = 0; i < 100; ++i)
        numbers.push_back(fmt::format("{:02}-{:05}", 1 + random() % 12, random() % 50'000));
    measure_words(report, files, with_events("a part of a number, newest 50", events), numbers, 0);
    // every request has a take and a return, but no event is both
    measure_words(
        report, files, with_events("two common words that never meet", events),
        {"seal.taken seal.returned", "slot.opened slot.closed", "session.opened slot.unlocked"},
        300);
}

// A common word, narrowed until little or nothing is left: what the filters cost.
void measure_filters(Report& report, const Files& files, std::uint64_t events) {
    auto reader = ledger::Reader::open(files.ledger);
    ledger::SearchReader search(files.index);
    std::mt19937 random(11);
    std::vector<double> spans;
    for (int i = 0; i < 100; ++i) {
        ledger::SearchQuery query;
        query.words = "seal.taken";
        if (i % 2 == 0) query.seal = fmt::format("YZ-{:04}", 1 + random() % 41);
        if (i % 3 == 0) query.person = fmt::format("E{}", 1000 + random() % 200);
        if (i % 5 == 0) query.from = kFirstDay + milliseconds{random() % (events * 40'000)};
        if (i % 5 == 0) query.to = *query.from + std::chrono::hours{24 * 30};
        spans.push_back(1000 * seconds_of([&] {
                            (void)search.find(query, *reader,
                                              Clock::now() + std::chrono::seconds{10});
                        }));
    }
    report.add({with_events("a common word of a seal, a person, a month", events),
                percentile(spans, 0.99), "ms", Goal::none, 0,
                fmt::format("p99 of {}; p50 {:.2f} ms", spans.size(), median(spans))});
}

}  // namespace

void measure_large_ledger(Report& report, const std::string& folder, std::uint64_t events) {
    auto state = folder + "/start/state";
    std::filesystem::remove_all(state);
    std::filesystem::create_directories(state);
    Files files{state + "/ledger.db", state + "/search.db"};
    if (!make_ledger(report, files, events)) return;
    measure_opening(report, files, events);
    measure_renewal(report, files, events);
    measure_verify(report, files, events);
    if (!build_index(report, files, events))
        return report.failed("search", "the index was not built");
    measure_search(report, files, events);
    measure_filters(report, files, events);
    measure_size(report, files, events);
}

}  // namespace seals::perf
