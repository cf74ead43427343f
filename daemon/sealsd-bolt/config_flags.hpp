// The flags that seals.toml stands for. The parser stays out of the process that holds the lines:
// who is started with --config reads the file, then executes itself with what it says as plain
// flags.
#pragma once

#include <string>

#include "base/result.hpp"

namespace seals::bolt {

// Returns only on failure. Flags after --config stand, and win.
Error execute_with_config(const std::string& path, int argc, char** argv);

}  // namespace seals::bolt
