// PIN hashes: yescrypt through libcrypt. Both calls block for tens of milliseconds: a worker's.
#pragma once

#include <string>

#include "base/result.hpp"

namespace seals::engine {

// 4 to 64 bytes, no control characters. Code::invalid otherwise, never showing the PIN.
Status check_pin_form(const std::string& pin);
Result<std::string> hash_pin(const std::string& pin);               // "$y$…"
bool pin_matches(const std::string& pin, const std::string& hash);  // constant time in the hash

}  // namespace seals::engine
