// Files that a command reads or writes for its user; "-" is standard input or output. Blocks.
// Errors: invalid (no such file, too long), unavailable (it cannot be written).
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "context.hpp"

namespace seals::sealctl {

inline constexpr std::size_t kSmallFile = 256U * 1024;

Result<std::string> read_small(const std::string& path, std::size_t most = kSmallFile);
// Whole or not at all; others may read it. To standard output as it is.
Status write_out(Context& context, const std::string& path, std::string_view bytes);
Status make_folder(const std::string& path);

}  // namespace seals::sealctl
