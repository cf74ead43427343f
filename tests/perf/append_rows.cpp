#include <filesystem>

#include <fmt/format.h>
#include <sqlite3.h>

#include "cabinet.hpp"
#include "ledger/reader.hpp"
#include "ledger_rows.hpp"
#include "test_vfs.hpp"
#include "workload.hpp"

namespace seals::perf {
namespace {

constexpr int kPairs = 40;
constexpr int kSlice = 60;  // appends per slice

// Plain SQLite, WAL and FULL: INSERT and COMMIT of the bytes that an entry has, and nothing else.
class Bare {
  public:
    Bare(const std::string& path, const char* vfs) {
        sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs);
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry(seq INTEGER "
            "PRIMARY KEY, leaf BLOB NOT NULL, hash BLOB NOT NULL)");
        sqlite3_prepare_v2(db_, "INSERT INTO entry(leaf, hash) VALUES(?,?)", -1, &insert_, nullptr);
    }
    ~Bare() {
        sqlite3_finalize(insert_);
        sqlite3_close(db_);
    }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;

    void append(const Bytes& leaf) {
        Hash hash{};
        run("BEGIN");
        sqlite3_bind_blob(insert_, 1, leaf.data(), static_cast<int>(leaf.size()), SQLITE_STATIC);
        sqlite3_bind_blob(insert_, 2, hash.data(), static_cast<int>(hash.size()), SQLITE_STATIC);
        sqlite3_step(insert_);
        sqlite3_reset(insert_);
        run("COMMIT");
    }

  private:
    void run(const char* sql) { sqlite3_exec(db_, sql, nullptr, nullptr, nullptr); }

    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

// One event per commit with the rows it touches, as a visit goes.
class Kept {
  public:
    Kept(const std::string& path, const char* vfs) {
        ledger::Options options;
        options.vfs = vfs != nullptr ? vfs : "";
        auto made = ledger::Ledger::create(path, {"perf.test/cab/sim", true}, kFirstDay,
                                           {"boot", 1}, options);
        if (!made) return;
        ledger_.emplace(std::move(*made));
        (void)fill(*ledger_, workload_, 5000);
    }
    explicit operator bool() const { return ledger_.has_value(); }

    // Prepares a slice, so that only appending is measured.
    void prepare(int count) {
        slice_.clear();
        while (slice_.size() < static_cast<std::size_t>(count))
            for (auto& event : workload_.one_visit()) {
                std::vector<rules::Event> one{std::move(event)};
                auto rows = workload_.rows_after(one);
                slice_.push_back({std::move(one), std::move(rows)});
            }
        slice_.resize(static_cast<std::size_t>(count));
    }
    void append_slice() {
        for (const auto& [events, rows] : slice_) {
            if (!ledger_->append(events, {"boot", 1}, rows)) failed_ = true;
            if (ledger_->settle_due() && !ledger_->settle()) failed_ = true;
        }
    }
    bool failed() const { return failed_; }

  private:
    struct One {
        std::vector<rules::Event> events;
        std::vector<ledger::Row> rows;
    };
    Workload workload_{kFirstDay};
    std::optional<ledger::Ledger> ledger_;
    std::vector<One> slice_;
    bool failed_ = false;
};

Bytes typical_leaf(const std::string& path) {
    auto reader = ledger::Reader::open(path);
    auto leaf = reader ? reader->leaf(4000) : Result<Bytes>(Bytes(450));
    return leaf ? *leaf : Bytes(450);
}

void measure_ratio(Report& report, const std::string& folder) {
    Kept kept(folder + "/kept.db", nullptr);
    Bare bare(folder + "/bare.db", nullptr);
    if (!kept) return report.failed("durable append", "no ledger could be made");
    auto leaf = typical_leaf(folder + "/kept.db");
    std::vector<double> ratios, bare_us, kept_us;
    for (int pair = 0; pair < kPairs; ++pair) {
        kept.prepare(kSlice);
        auto plain = seconds_of([&] {
            for (int i = 0; i < kSlice; ++i)
                bare.append(leaf);
        });
        auto ours = seconds_of([&] { kept.append_slice(); });
        ratios.push_back(plain / ours);
        bare_us.push_back(plain * 1e6 / kSlice);
        kept_us.push_back(ours * 1e6 / kSlice);
    }
    if (kept.failed()) return report.failed("durable append", "an append failed");
    report.add(
        {"durable append with views, one client, against bare SQLite WAL", median(ratios), "ratio",
         Goal::least, 0.85,
         fmt::format("{:.0f} us against {:.0f} us a commit", median(kept_us), median(bare_us))});
}

// Counted by the test VFS: what a commit writes and how often it syncs, checkpoints included.
void measure_traffic(Report& report, const std::string& folder) {
    constexpr int kCommits = 3000;
    test::register_test_vfs();
    test::faults().clear();
    auto per_commit = [&](const std::function<void()>& work) {
        auto bytes = test::traffic().bytes.load();
        auto syncs = test::traffic().syncs.load();
        work();
        return std::pair{static_cast<double>(test::traffic().bytes - bytes) / kCommits,
                         static_cast<double>(test::traffic().syncs - syncs) / kCommits};
    };
    Kept kept(folder + "/kept_vfs.db", test::kTestVfs);
    Bare bare(folder + "/bare_vfs.db", test::kTestVfs);
    if (!kept) return report.failed("bytes per commit", "no ledger could be made");
    auto leaf = typical_leaf(folder + "/kept_vfs.db");
    kept.prepare(kCommits);
    auto [our_bytes, our_syncs] = per_commit([&] { kept.append_slice(); });
    auto [bare_bytes, bare_syncs] = per_commit([&] {
        for (int i = 0; i < kCommits; ++i)
            bare.append(leaf);
    });
    report.add({"bytes written per commit", our_bytes, "B", Goal::none, 0,
                fmt::format("bare {:.0f} B; {:.2f} syncs against {:.2f}", bare_bytes, our_syncs,
                            bare_syncs)});
}

}  // namespace

void measure_appends(Report& report, const std::string& folder) {
    auto own = folder + "/append";
    std::filesystem::remove_all(own);
    std::filesystem::create_directories(own);
    measure_ratio(report, own);
    measure_traffic(report, own);
    std::filesystem::remove_all(own);
}

}  // namespace seals::perf
