// Sending: a file of this machine to files.sock, with its progress. Blocks; one thread. Errors:
// invalid (the file), and as client/upload.hpp says.
#pragma once

#include <string>

#include "client/upload.hpp"
#include "context.hpp"

namespace seals::sealctl {

Result<client::Uploaded> send_file(Context& context, const std::string& path);  // "-": stdin

// The same for a regular file of at most so many bytes; an empty one is refused.
Result<client::Uploaded> send_bounded(Context& context, const std::string& path, std::int64_t most);

// A whole number, not negative.
bool read_number(const std::string& text, std::int64_t& number);

Result<std::string> map_text(const std::string& path);  // at most 64 KiB

}  // namespace seals::sealctl
