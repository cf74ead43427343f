// Held: the newest checkpoints that this device signed and that witnesses cosigned, as files beside
// the ledger. A ledger that has less than they say, or something else, is not the one that was
// here: an older copy was put in its place, or the disk lost what it had confirmed. Then nothing is
// appended. Blocks: a start's, or the writer's.
#pragma once

#include <string>
#include <vector>

#include "evidence/whole_file.hpp"
#include "leaf/checkpoint.hpp"
#include "ledger/reader.hpp"

namespace seals::engine {

inline constexpr const char* kHeldSigned = "/checkpoint.signed";
inline constexpr const char* kHeldCosigned = "/checkpoint.cosigned";

Status hold(const std::string& folder, const char* which, const std::string& note,
            evidence::Durable durable);

struct Held {
    std::string path;  // of its file
    leaf::Checkpoint checkpoint;
};

// What is held there. A file that is not whole is left out, as below.
Result<std::vector<Held>> read_held(const std::string& folder);

// Code::corrupt: the ledger is behind what is held, or contradicts it. A file that is not whole
// (the power went while it was written) is left out of account, with a warning in the log.
// No origin: sizes and roots alone are compared.
Status check_held(ledger::Reader& reader, const std::string& folder, const std::string& origin);

}  // namespace seals::engine
