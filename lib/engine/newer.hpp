// Newer: fetches what a ledger lacks from another copy of it, or from a dump. Inside this room
// only; blocks. Code::corrupt: the copy is of another tree, or one of its leaves does not continue
// ours.
#pragma once

#include <cstdint>
#include <string>

#include "ledger/ledger.hpp"

namespace seals::engine {

struct Fetched {
    std::uint64_t appended = 0, without_texts = 0;
};

bool is_database(const std::string& path);  // SQLite's, by its first bytes

// A file and the write-ahead log beside it, if there is one. Code::not_found, unavailable.
Status copy_plain(const std::string& from, const std::string& to);

// `path`: a ledger that may be written to (a copy of the copy), or a dump.
Result<Fetched> fetch_from_copy(ledger::Ledger& ledger, const std::string& path);
Result<Fetched> fetch_from_dump(ledger::Ledger& ledger, const std::string& path);

}  // namespace seals::engine
