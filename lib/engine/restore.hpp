// Restore: a backup in the place of the ledger. It never continues a ledger that lost entries under
// the same origin: either all that this device signed is there, or it goes on under another origin
// and says so in its first entry. Blocks, for as long as verification takes; without a loop, under
// the lock of the state folder.
//   corrupt    the file does not verify, or is not the ledger that was here
//   refused    it has less than was signed: the message has the sizes, and the ways on
//   conflict   it is another cabinet's
//   not_found  no such file, or no ledger in it
//   invalid    the basis for a new origin is missing
//   unavailable  the disk
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

namespace seals::engine {

struct RestoreAsk {
    std::string folder;  // [paths] state
    std::string origin;  // that the configuration gives
    std::string file;
    std::vector<std::string> newer{};  // copies of the ledger, or dumps, that have more
    bool new_origin = false;
    std::string basis{};  // for it
    Actor actor = device_actor();
};

struct Restored {
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};
    std::uint64_t appended = 0;       // entries that came from newer copies
    std::uint64_t without_texts = 0;  // of these: from a dump, which has no vault
    bool held = false;                // there were checkpoints to compare with
    bool new_origin = false;
    std::string replaced;  // folder with what lay there
};

Result<Restored> restore(const RestoreAsk& ask, const Clock& clock);

}  // namespace seals::engine
