#include "ledger/record.hpp"

#include <algorithm>
#include <cstdint>

namespace seals::ledger {

std::int64_t stored_life(const Row& row) {
    if (!row.live) return 0;
    return row.until ? std::max<std::int64_t>(row.until->ms, 1) : INT64_MAX;
}

void set_life(Row& row, std::int64_t stored) {
    row.live = stored != 0;
    row.until.reset();
    if (row.live && stored != INT64_MAX) row.until = Instant{stored};
}

}  // namespace seals::ledger
