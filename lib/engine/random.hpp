// Random bytes from the kernel, for session ids, nonces, tag uids and keys. Any thread.
#pragma once

#include "base/bytes.hpp"

namespace seals::engine {

Bytes random_bytes(std::size_t count);  // getrandom(2); aborts where there is none
std::string random_hex(std::size_t bytes);

}  // namespace seals::engine
