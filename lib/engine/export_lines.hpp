// Export lines: what an export says for a reconciliation, read by a fresh sealsd-intake. Blocks;
// one thread.
#pragma once

#include <atomic>
#include <set>
#include <string>
#include <vector>

#include "engine/import.hpp"
#include "engine/reconciliation.hpp"
#include "rules/reconcile.hpp"

namespace seals::engine {

struct ExportRead {
    std::set<std::string> sources;
    std::int64_t refused_count = 0;
    std::vector<ImportRefusal> refused;  // the first kMostListed
};

// Code::unavailable when `cancel` is set.
Result<ExportRead> read_export(const ReconcileJob& job, rules::Comparison& comparison,
                               const std::atomic<bool>& cancel);

}  // namespace seals::engine
