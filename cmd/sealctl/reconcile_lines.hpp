// The lines of a reconciliation as they come, page by page: summed up, and printed as JSON, CSV or
// a table. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "context.hpp"
#include "reply.hpp"

namespace seals::sealctl {

// The exit status: 0, or that of the error that ended it; internal when the lines do not add up to
// the run's totals. `body`: the run with its first page.
int print_reconciliation(Context& context, const Value& body);

}  // namespace seals::sealctl
