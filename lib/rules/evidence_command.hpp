// Commands of evidence: the device's key, what was handed out, copies of the ledger. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "rules/acting.hpp"

namespace seals::rules {

struct KeyMade {  // a fact: the line NAME+HASH+BASE64
    std::string key;
};

// Two persons of two departments have the device take another key, which lies ready.
struct RotateKey {
    std::vector<Acting> persons;
    std::string basis;
    std::string next;  // filled by the engine
    Idempotency idempotency{};
};

struct ExportEvidence {    // to be handed out once this is recorded
    std::string kind, id;  // request, session or seal, and which
    Instant from, to;      // of a seal; 0: no bound
    std::int64_t leaves = 0, files = 0;
    bool names = false;  // of persons, in clear
    std::string basis;
    Idempotency idempotency{};
};

struct BackupDone {  // a fact
    std::string sha256, root;
    std::int64_t bytes = 0, size = 0;
};

}  // namespace seals::rules
