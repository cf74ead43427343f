#include "ledger/copy.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {
namespace {

constexpr int kBusyPauseMs = 20;
constexpr int kMostBusy = 500;  // times in a row

Error disk(const std::string& path) {
    return unavailable(path + ": " + std::strerror(errno), "look at the disk of that folder");
}

void remove_all(const std::string& path) {
    for (const auto* end : {"", "-wal", "-shm", "-journal"})
        ::unlink((path + end).c_str());
}

class Copying {
  public:
    Copying(Database& from, Database& to, const CopyOptions& options)
        : to_(to),
          options_(options),
          backup_(sqlite3_backup_init(to.handle(), "main", from.handle(), "main")) {}
    ~Copying() { (void)finish(); }
    Copying(const Copying&) = delete;
    Copying& operator=(const Copying&) = delete;

    Status run() {
        if (backup_ == nullptr) return error_of(to_.handle(), sqlite3_errcode(to_.handle()));
        for (int busy = 0; busy < kMostBusy;) {
            if (options_.cancel != nullptr && options_.cancel->load())
                return unavailable("the copy was cancelled");
            int code = sqlite3_backup_step(backup_, options_.pages);
            if (code == SQLITE_DONE) return finish();
            bool waits = code == SQLITE_BUSY || code == SQLITE_LOCKED;
            if (code != SQLITE_OK && !waits) return error_of(to_.handle(), code);
            busy = waits ? busy + 1 : 0;
            sqlite3_sleep(waits ? kBusyPauseMs : static_cast<int>(options_.pause.count()));
        }
        return unavailable("somebody keeps the ledger locked", "end what holds the lock");
    }

  private:
    Status finish() {
        if (backup_ == nullptr) return {};
        int code = sqlite3_backup_finish(std::exchange(backup_, nullptr));
        return code == SQLITE_OK ? Status{} : Status(error_of(to_.handle(), code));
    }

    Database& to_;
    const CopyOptions& options_;
    sqlite3_backup* backup_;
};

// A reader that holds its state: otherwise each commit of the owner would begin the copy anew.
Status copy_pages(const std::string& from, const std::string& to, const CopyOptions& options) {
    auto source = Database::open(from, Access::read, options.options.vfs);
    if (!source) return source.error();
    auto copy = Database::open(to, Access::write, options.options.vfs);
    if (!copy) return copy.error();
    if (auto status = copy->run("PRAGMA synchronous=OFF;PRAGMA journal_mode=MEMORY"); !status)
        return status;
    Snapshot snapshot(*source);
    if (!snapshot.status()) return snapshot.status();
    auto tables = source->number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    return Copying(*source, *copy, options).run();
}

Status sync_file(const std::string& path) {
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file || ::fsync(file.get()) != 0) return disk(path);
    return {};
}

}  // namespace

Status copy_ledger(const std::string& from, const std::string& to, const CopyOptions& options) {
    Fd made(::open(to.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!made) return disk(to);
    made.reset();
    auto status = copy_pages(from, to, options);
    if (status) status = make_single(to, options.options);
    if (!status) remove_all(to);
    return status;
}

Status make_single(const std::string& path, const Options& options) {
    {
        auto database = Database::open(path, Access::write, options.vfs);
        if (!database) return database.error();
        if (auto status = database->run("PRAGMA synchronous=FULL;PRAGMA journal_mode=DELETE");
            !status)
            return status;
        auto mode = database->prepare("PRAGMA journal_mode");
        if (!mode) return mode.error();
        auto row = mode->step();
        if (!row) return row.error();
        if (!*row || mode->text(0) != "delete")
            return unavailable(path + ": somebody has it open", "end what holds it");
    }
    return sync_file(path);
}

}  // namespace seals::ledger
