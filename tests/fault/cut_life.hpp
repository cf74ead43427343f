// CutLife: one ledger on a disk whose power fails again and again. It is born, filled with the
// life of a cabinet by the real ledger's code, settled, read beside, closed and opened; each round
// ends in a cut: half of them in the middle of a write, half right after an answer. The next round
// opens what is left and surveys it before it goes on. The same seed gives the same cuts. One
// thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "../perf/workload.hpp"
#include "cut_survey.hpp"
#include "cut_vfs.hpp"
#include "leaf/key.hpp"
#include "ledger/ledger.hpp"
#include "ledger/reader.hpp"

namespace seals::test {

// How the disk and SQLite are set.
struct Setting {
    const char* name;
    bool loses = false;  // must lose or spoil something: the proof that the harness sees it
    bool lies = false;   // of the disk: syncs do nothing
    std::map<std::string, std::string> pragmas{};  // instead of the ledger's own
    bool beside = true;  // a reader may hold a state while the ledger writes (in WAL mode only)
};

struct Cuts {
    std::uint64_t in_write = 0, after_answer = 0;
    std::map<std::string, std::uint64_t> struck;  // by what the disk was doing
    std::map<std::string, std::uint64_t> doing;   // by what the ledger was doing

    std::uint64_t all() const { return in_write + after_answer; }
    void add(const Cuts& more);
};

class CutLife {
  public:
    CutLife(const Setting& setting, std::uint64_t seed, std::string path);
    ~CutLife();
    CutLife(const CutLife&) = delete;
    CutLife& operator=(const CutLife&) = delete;

    // One cut; what is found is of the cut before. The life is over when something is.
    Finding round();
    Finding last_look();  // after the last cut

    std::uint64_t acknowledged() const { return acknowledged_; }
    const Cuts& cuts() const { return cuts_; }
    bool grown() const { return truth_.leaves.size() > 2500; }

  private:
    // Opens what is there, or makes a ledger where none was acknowledged.
    Finding rise();
    Finding open();
    Finding give_birth();
    Finding look();
    Finding work();
    Finding act();
    Finding act_aimed();
    Finding append(std::size_t count);
    std::vector<ledger::Idempotency> keys_of(std::vector<rules::Event>& batch);
    Finding acknowledge();
    void forget_under_way();
    Finding sign();
    Finding settle();
    Finding replace_views();
    Finding close_and_open();
    void read_beside();
    void fill_queue(std::size_t count);
    bool unborn() const { return truth_.leaves.empty(); }
    void set_moment();
    void count();
    void cut();
    bool powered() const { return disk_.powered(); }
    Finding failed(const char* what, const Error& error) const;

    std::uint64_t below(std::uint64_t n) { return random_() % n; }
    bool one_in(std::uint64_t n) { return below(n) == 0; }

    Setting setting_;
    std::string path_;
    std::mt19937_64 random_;
    CutDisk disk_;
    CutVfs vfs_;
    perf::Workload workload_;
    std::deque<rules::Event> queue_;
    leaf::Hasher hasher_;
    leaf::SigningKey key_, witness_key_;
    Truth truth_;
    Mirror mirror_;
    Cuts cuts_;
    std::uint64_t acknowledged_ = 0, keys_ = 0, cosigned_ = 0;
    bool furnished_ = false;
    const char* doing_ = "";
    std::optional<ledger::Ledger> ledger_;
    std::unique_ptr<Witness> witness_;
    std::optional<ledger::Reader> reader_;
    std::unique_ptr<ledger::Snapshot> held_;  // after the reader: ends before it
};

}  // namespace seals::test
