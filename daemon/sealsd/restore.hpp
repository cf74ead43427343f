// Restore: sealsd --restore, a run of its own that ends when a backup lies in the place of the
// ledger. Prints what it came to, or the problem, as one line of JSON; `sealctl ledger restore`
// reads it.
#pragma once

#include <string>
#include <vector>

#include "base/fd.hpp"
#include "base/result.hpp"
#include "config/config.hpp"

namespace seals::sealsd {

struct RestoreOptions {
    std::string file;
    std::vector<std::string> newer{};
    bool new_origin = false;
    std::string basis{};
};

int restore_and_tell(const config::Config& config, const RestoreOptions& options);

// Holds the folder for one program at a time, until it is closed. Makes it if need be. By a file of
// its own: nothing may open ledger.db but SQLite. Code::conflict: somebody holds it.
Result<Fd> lock_folder(const std::string& state);

}  // namespace seals::sealsd
