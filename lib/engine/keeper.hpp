// Keeper: what is kept, and for how long. Checks that every file that an entry names is there and
// is what it was (weekly, and when asked); purges those whose terms have passed (nightly, and when
// asked): the entry that says so is on the disk before a file goes, and what a crash left undone is
// finished by the next run. Looks for what the vault has of a person who is to be erased. Reads on
// a worker of its own; loop thread only.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "engine/file_scan.hpp"
#include "engine/files.hpp"
#include "loop/worker.hpp"

namespace seals::engine {

inline constexpr std::size_t kFilesNamed = 100;  // in a report, of each kind; the counts are whole

struct BadFile {
    std::string sha256;
    std::uint64_t seq = 0;  // the newest entry that names it
};

struct FilesReport {
    std::uint64_t size = 0;  // entries looked through
    std::uint64_t named = 0, purged = 0, missing = 0, altered = 0, strangers = 0;
    std::vector<BadFile> missing_files, altered_files;
    std::vector<std::string> stranger_files;  // that no entry names

    bool ok() const { return missing == 0 && altered == 0; }
    std::uint64_t first_bad() const;
};

struct PurgeReport {
    struct Class {
        RetentionClass klass{};
        std::string term;
        std::uint64_t kept = 0, due = 0, held = 0;
    };
    std::vector<Class> classes;
    std::uint64_t purged = 0, left = 0;  // left: still to be taken away
    std::vector<std::uint64_t> entries;
};

// What of a person the vault and the requests have.
struct Erasable {
    std::uint64_t size = 0;  // entries looked through
    std::vector<ledger::ErasedText> texts;
    std::set<RequestId> requests;
    std::vector<std::uint64_t> mentions;  // entries whose other texts have the name; the first few
    std::uint64_t mentioned = 0;
};

class Keeper {
  public:
    Keeper(loop::Loop& loop, Engine& engine, Files& files);
    ~Keeper() { stopping_ = true; }  // before the worker is joined

    void check(std::function<void(Result<FilesReport>)> done);
    // One at a time. Code::conflict: one runs.
    void purge(bool dry_run, const Actor& actor, std::function<void(Result<PurgeReport>)> done);
    // All that is recorded when `done` is called.
    void find(const PersonId& person, std::function<void(Result<Erasable>)> done);

    const std::optional<FilesReport>& last_check() const { return last_check_; }

  private:
    struct Run;
    void watch();
    void purge_next(const std::shared_ptr<Run>& run);
    void purged(const std::shared_ptr<Run>& run, const Outcome& outcome);
    void finish(const std::shared_ptr<Run>& run);
    void find_rest(const PersonId& person, std::string name, std::shared_ptr<Erasable> found,
                   int tries, std::function<void(Result<Erasable>)> done);

    Engine& engine_;
    Files& files_;
    std::atomic<bool> stopping_{false};
    bool purging_ = false;
    Instant last_purge_, last_run_;
    std::optional<FilesReport> last_check_;
    loop::Worker worker_;
    loop::Timer watching_, first_;
};

}  // namespace seals::engine
