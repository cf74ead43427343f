// Sending: a file of this machine to files.sock, with its progress. Blocks; one thread. Errors:
// invalid (the file), and as client/upload.hpp says.
#pragma once

#include <string>

#include "client/upload.hpp"
#include "context.hpp"

namespace seals::sealctl {

Result<client::Uploaded> send_file(Context& context, const std::string& path);  // "-": stdin

Result<std::string> map_text(const std::string& path);  // at most 64 KiB

}  // namespace seals::sealctl
