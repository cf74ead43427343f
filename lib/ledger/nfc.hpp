// Text in Unicode's normal form C, as commitments need it. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace seals::ledger {

Result<std::string> to_nfc(std::string_view text);  // Code::invalid: no valid UTF-8

}  // namespace seals::ledger
