// Renewal: views that another version of the program wrote, made anew from the entries. Without it
// an upgrade would read rows of a form that it does not know, and verification would call an honest
// ledger corrupt. Blocks for as long as a replay of the whole ledger takes; before anything else
// touches it.
#pragma once

#include "base/result.hpp"
#include "ledger/ledger.hpp"
#include "ledger/reader.hpp"

namespace seals::engine {

// Does nothing when the rows have this program's kRowVersion. Failures: as those of a read and of
// an append; the views then are as they were.
Status renew_views(ledger::Ledger& ledger, ledger::Reader& reader);

// The same whatever version they have: entries came that they know nothing of.
Status remake_views(ledger::Ledger& ledger, ledger::Reader& reader);

}  // namespace seals::engine
