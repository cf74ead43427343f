// One line of a reconciliation, with all that has its key: which class it is in, and why. Pure.
#pragma once

#include <span>

#include "rules/reconcile.hpp"

namespace seals::rules {

struct LineFacts {
    const ExportLine* oa = nullptr;
    const LedgerLine* ledger = nullptr;
    std::span<const LineLoan> loans;
    std::span<const LineUse> uses;
    bool contradictory = false;     // the export says two things of it
    bool withdrawn_unseen = false;  // withdrawn here before the approval came
};

// The first that applies, in this order: without_request, over_approved, content_differs,
// not_returned, paper_pending, approved_unused, matched.
LineItem judge(const LineFacts& facts, const LineKey& key, const Period& period, Instant now);

}  // namespace seals::rules
