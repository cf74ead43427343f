// Register: the rows that the uses of one request make in the register of use. The uses of a line
// stand together in the row of the first of them; a voided use has a row of its own, and grants
// stand in no such row, so that the sums of a register are those of the ledger. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/reconcile.hpp"
#include "rules/state.hpp"

namespace seals::rules {

struct RegisterRow {
    std::vector<const Use*> uses;  // of this row, in their order; never none
    const Line* line = nullptr;    // null: the request does not have it (any more)
    bool voided = false;
    Impressions made, excess;

    const std::string& id() const { return uses.front()->id; }
};

// In the order of the first uses' numbers. `uses` are those of the request and outlive the rows;
// those outside the period are passed over.
std::vector<RegisterRow> register_rows(const Request& request, const std::vector<Use>& uses,
                                       const Period& period);

}  // namespace seals::rules
