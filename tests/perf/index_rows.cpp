// How far the search index falls behind a ledger that is written as fast as it can be, and how long
// a search takes meanwhile: it looks through what the index has not yet. Loop and workers are
// sealsd's own.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cabinet.hpp"
#include "engine/search_index.hpp"
#include "ledger_rows.hpp"
#include "workload.hpp"

namespace seals::perf {
namespace {

constexpr std::uint64_t kEntries = 300'000;
constexpr std::size_t kCommit = 64;  // entries

class Chase {
  public:
    Chase(ledger::Ledger& ledger, const std::string& folder)
        : ledger_(ledger),
          index_(loop_, folder + "/ledger.db", folder + "/search.db"),
          writer_(loop_, "ledger") {}

    void run();
    void add_to(Report& report) const;

  private:
    void append();
    void search();
    void appended(bool ok);

    ledger::Ledger& ledger_;
    Workload workload_{kFirstDay};
    std::vector<rules::Event> waiting_ = workload_.setting_up();
    loop::Loop loop_;
    engine::SearchIndex index_;
    loop::Worker writer_;
    bool done_ = false, failed_ = false;
    double wrote_ = 0, caught_up_ = 0;
    std::uint64_t most_ = 0, size_ = 0;
    std::vector<double> searches_;
};

// On the writer's thread; the ledger and the workload are touched there only.
void Chase::append() {
    writer_.submit([this]() -> loop::Reply {
        while (waiting_.size() < kCommit) {
            auto visit = workload_.one_visit();
            waiting_.insert(waiting_.end(), visit.begin(), visit.end());
        }
        auto rows = workload_.rows_after(waiting_);
        bool ok = bool(ledger_.append(waiting_, {"boot", 1}, rows));
        waiting_.clear();
        if (ledger_.settle_due()) ok = bool(ledger_.settle()) && ok;
        return [this, ok, size = ledger_.size()] {
            size_ = size;
            appended(ok);
        };
    });
}

void Chase::appended(bool ok) {
    most_ = std::max(most_, size_ - std::min(size_, index_.indexed()));
    index_.catch_up();
    failed_ = !ok;
    done_ = failed_ || size_ >= kEntries;
    if (!done_) append();
}

// A word that is nowhere: all that the index has not yet is looked through.
void Chase::search() {
    auto began = std::chrono::steady_clock::now();
    engine::SearchQuery query;
    query.words = "\u9f98\u9750";
    index_.find(query, [this, began](const Result<engine::SearchPage>& page) {
        std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
        if (page) searches_.push_back(took.count());
        if (!done_) search();
    });
}

void Chase::run() {
    append();
    wrote_ = seconds_of([&] {
        search();
        while (!done_)
            loop_.run_once(milliseconds{50});
    });
    caught_up_ = seconds_of([&] {
        auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (index_.indexed() < size_ && std::chrono::steady_clock::now() < end)
            loop_.run_once(milliseconds{5});
    });
}

void Chase::add_to(Report& report) const {
    if (failed_ || index_.indexed() < size_ || searches_.empty())
        return report.failed("index lag", "the ledger or the index failed");
    report.add({"entries behind the index, appending at full speed", static_cast<double>(most_), "",
                Goal::none, 0,
                fmt::format("at most, at {:.0f}/s, {} a commit; all in {:.2f} s after the last",
                            static_cast<double>(size_) / wrote_, kCommit, caught_up_)});
    report.add({"an absent word meanwhile", percentile(searches_, 0.99), "ms", Goal::none, 0,
                fmt::format("p99 of {}; p50 {:.2f} ms", searches_.size(), median(searches_))});
}

}  // namespace

void measure_index_lag(Report& report, const std::string& folder) {
    auto place = folder + "/chase";
    std::filesystem::remove_all(place);
    std::filesystem::create_directories(place);
    auto ledger = ledger::Ledger::create(place + "/ledger.db", {"perf.test/cab/sim", true},
                                         kFirstDay, {"boot", 1});
    if (!ledger) return report.failed("index lag", ledger.error().detail);
    Chase chase(*ledger, place);
    chase.run();
    chase.add_to(report);
}

}  // namespace seals::perf
