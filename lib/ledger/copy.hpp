// Copies of a ledger as one file. Blocks; any thread but the ledger's own. Failures: unavailable
// (the disk, or `cancel` was set), timeout (I/O), corrupt (what is read is damaged).
#pragma once

#include <atomic>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "ledger/record.hpp"

namespace seals::ledger {

struct CopyOptions {
    int pages = 64;         // at a time,
    milliseconds pause{5};  // and then others have the disk
    const std::atomic<bool>* cancel = nullptr;
    Options options{};
};

// One state of the ledger, that of the moment, while its owner goes on writing; `to` must not be
// there yet. When it fails `to` is gone again.
Status copy_ledger(const std::string& from, const std::string& to, const CopyOptions& options = {});

// What lies in the write-ahead log goes into the file, which is all of it from then on, and synced.
// Nobody may have it open.
Status make_single(const std::string& path, const Options& options = {});

}  // namespace seals::ledger
