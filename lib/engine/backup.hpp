// Backup: copies of the ledger in <state>/backups, made while custody goes on: page by page on a
// worker of its own, then synced, verified in full, and compared with a checkpoint that was signed
// before. Only then a copy has its name, and the ledger an entry about it; the newest ones stay.
// Loop thread only.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "engine/engine.hpp"
#include "engine/signer.hpp"
#include "loop/worker.hpp"

namespace seals::engine {

struct BackupMade {
    std::string path, sha256;
    std::uint64_t bytes = 0, size = 0;
    Hash root{};
    std::uint64_t seq = 0;      // of the entry that says so
    std::uint64_t dropped = 0;  // older ones that gave way
};

class Backup {
  public:
    Backup(loop::Loop& loop, Engine& engine, Signer& signer, std::size_t keep);
    ~Backup() { cancel_ = true; }  // before the worker is joined

    void set_keep(std::size_t keep) { keep_ = keep; }
    // Code::conflict: one is being made. unavailable: the disk, and how much it lacks. corrupt: the
    // copy does not verify, or is not what was signed. Of a backup that failed nothing is left.
    void run(const Actor& actor, std::function<void(Result<BackupMade>)> done);

  private:
    void copy(const Actor& actor, const Signer::Signed& checkpoint,
              std::function<void(Result<BackupMade>)> done);
    void record(const Actor& actor, const BackupMade& made,
                const std::function<void(Result<BackupMade>)>& done);

    Engine& engine_;
    Signer& signer_;
    std::size_t keep_;
    std::atomic<bool> cancel_{false};
    bool running_ = false;
    loop::Worker worker_;
};

}  // namespace seals::engine
