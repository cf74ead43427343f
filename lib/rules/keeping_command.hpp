// Commands about what is kept and for how long: legal hold, erasure, purge, the check of the files.
// Part of Command (rules/command.hpp). Plain values, made by api and engine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "rules/acting.hpp"

namespace seals::rules {

// Nothing of the request is purged or erased until the hold ends.
struct HoldLegally {
    RequestId request;
    bool hold = true;  // false: it ends
    std::string basis;
    Idempotency idempotency{};
};

// `requests`, `texts` and `secrets`: what a look through the ledger found of that person.
struct ErasePerson {
    PersonId person;
    std::string basis;
    std::vector<Acting> persons;  // two
    std::vector<RequestId> requests{};
    std::int64_t texts = 0;  // that the vault has of him
    std::vector<std::string> secrets{};
    Idempotency idempotency{};
};

// Files whose terms have all passed. `requests`: that name them, for what is held since the look.
inline constexpr std::size_t kMostPurged = 256;  // in one leaf
struct PurgeFiles {
    struct File {
        std::string sha256;
        std::vector<RequestId> requests;
    };
    std::string klass;
    std::vector<File> files;
    std::int64_t held = 0;  // past their term, and kept by a hold
    Instant before;         // the youngest of what such a leaf may purge
    Idempotency idempotency{};
};

// How the kept files were found: every one that an entry names. `seq`: of the first that is wrong.
struct FilesChecked {
    std::int64_t missing = 0, altered = 0;
    std::int64_t seq = 0, size = 0;  // size: entries looked through
};

}  // namespace seals::rules
