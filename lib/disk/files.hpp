// Files that outlive a crash: whole on the disk, or as they were. Blocks for a sync; any thread.
// Errors: unavailable, naming the file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "base/result.hpp"

namespace seals::disk {

Error disk_error(const std::string& what);  // of errno

// All of it, and on the disk.
Status write_synced(int fd, std::string_view text, const std::string& path);

// Takes the place of what was there, if anything: the file, then its folder, are synced.
Status write_file(const std::string& path, std::string_view text, mode_t mode = 0600);

// nullopt: there is none. Code::invalid: it is longer than `most`, or no regular file.
Result<std::optional<std::string>> read_file(const std::string& path, std::size_t most);

Status make_folder(const std::string& path, mode_t mode = 0700);  // fine when it is there

}  // namespace seals::disk
