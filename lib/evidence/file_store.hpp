// FileStore: files by their SHA-256, kept for good: DIR/ab/abcdef…. A file is complete, checked and
// synced before anybody may name it in a ledger entry. Blocks: a worker's. Any number of files; one
// process writes.
#pragma once

#include <cstdint>
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

  private:
    std::string dir_;
};

}  // namespace seals::evidence
