// Placing: puts a restored ledger where the old one lies, whole or not at all. What is to be moved
// is written down first; from then on whoever comes next (another restore, or sealsd's start)
// finishes it. Nothing is deleted: what lay there stands in a folder replaced-<time> afterwards.
// Blocks; under the lock of the state folder. Code::unavailable: the disk.
#pragma once

#include <string>

#include "base/result.hpp"

namespace seals::engine {

// Folder within [paths] state in which a ledger is made ready.
inline constexpr const char* kPreparing = "/restoring";

struct Placing {
    std::string replaced;     // name of the folder for what lies there now
    bool held_too = false;    // the held checkpoints go along: they are of the origin before
    std::string key_aside{};  // the device's key gets this name; none: it stays
};

// With the ledger ready as <folder>/restoring/ledger.db, one file.
Status place(const std::string& folder, const Placing& placing);
// What a power cut left undone; what was merely being made ready is taken away.
Status finish_placing(const std::string& folder);

}  // namespace seals::engine
