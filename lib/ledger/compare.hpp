// What is kept beside the entries, compared with what an audit of all entries gave: chain ends,
// vault, idempotency keys, index rows, views. Inside this room only. Findings as in audit.hpp;
// those that belong to no entry have seq 0.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.hpp"
#include "ledger/audit.hpp"
#include "ledger/record.hpp"
#include "ledger/row_digests.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {

// The views as the entries give them.
struct Rebuilt {
    const std::function<std::vector<Row>()>& rows;  // unset: the views are not compared
    RowDigests* dropped;                            // further rows; may be null
};

Status compare_tables(Database& database, Audit& audit, std::uint64_t size, Rebuilt rebuilt);

}  // namespace seals::ledger
