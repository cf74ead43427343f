// The tables of ledger.db, their version, and the steps between versions. Inside this room only.
#pragma once

#include "base/result.hpp"
#include "ledger/record.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {

// Entries per block: a block that is full gets its subtree root and its index rows, all at once.
inline constexpr unsigned kBlockLevel = 8;
inline constexpr std::uint64_t kBlockSize = std::uint64_t{1} << kBlockLevel;

Status lay_tables(Database& database);  // into an empty file
// Code::not_found: no ledger in the file. Code::unavailable: made by a newer program.
Result<int> schema_version(Database& database);
// Brings the tables to schema.version, each step in a transaction of its own.
Status migrate(Database& database, const Schema& schema);

}  // namespace seals::ledger
