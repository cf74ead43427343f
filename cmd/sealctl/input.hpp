// A file that a person names, read whole and bounded; "-" is standard input. Blocks. Errors:
// unavailable, naming it; invalid when it is longer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace seals::sealctl {

Result<std::string> read_input(const std::string& path, std::size_t most);
// A new file, synced; what was there stays: Code::conflict.
Status write_output(const std::string& path, std::string_view bytes);

}  // namespace seals::sealctl
