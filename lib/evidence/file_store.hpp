// FileStore: files by their SHA-256, kept until they are purged: DIR/ab/abcdef…. A file is
// complete, checked and synced before anybody may name it in a ledger entry. Blocks: a worker's.
// Any number of files; one process writes.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "base/fd.hpp"
#include "base/result.hpp"

namespace seals::evidence {

class FileStore {
  public:
    explicit FileStore(std::string dir) : dir_(std::move(dir)) {}

    // Copies all of `from`. Code::invalid: it is not of that hash; Code::unavailable: the disk.
    // A file that is there already is left as it is.
    Status put(const Fd& from, const std::string& sha256) const;

    // Code::not_found when there is none of that hash.
    Result<Fd> open(const std::string& sha256) const;
    std::string path_of(const std::string& sha256) const;

    enum class Found { whole, missing, altered };
    // Reads all of it. Code::unavailable: the disk, or `cancel` was set.
    Result<Found> check(const std::string& sha256, const std::atomic<bool>& cancel) const;
    bool has(const std::string& sha256) const;
    // Durable once the folder is synced; one that is not there is no fault.
    Status remove(const std::string& sha256) const;
    // Every file of the store by its hash, in no order.
    Status each(const std::function<void(const std::string& sha256)>& call) const;

  private:
    Status sync_names(const std::string& path) const;

    std::string dir_;
};

}  // namespace seals::evidence
