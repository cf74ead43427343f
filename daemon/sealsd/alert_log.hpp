// AlertLog: every alert that is recorded goes to the log, under its type's MESSAGE_ID and with what
// it is about as fields. Loop thread.
#pragma once

#include <vector>

#include "ledger/record.hpp"

namespace seals::sealsd {

void log_alerts(const std::vector<ledger::Recorded>& entries);

}  // namespace seals::sealsd
