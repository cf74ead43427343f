// Small files that are always whole: written beside, synced, renamed, the folder synced. Who reads
// one finds what was there before or all of what is there now, also after a power cut. Blocks: a
// worker's, or a start's. Code::unavailable: the disk.
#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace seals::evidence {

// Put into its place when it may be lost with the power (`no`), or not (`yes`).
enum class Durable { no, yes };

Status replace_file(const std::string& path, ByteView bytes, Durable durable, unsigned mode = 0600);
// The same for a file that must not be there yet. Code::conflict: it is.
Status create_file(const std::string& path, ByteView bytes, unsigned mode = 0600);
// Code::not_found; Code::invalid: more bytes than that.
Result<Bytes> read_file(const std::string& path, std::size_t most);
Status sync_folder_of(const std::string& path);

}  // namespace seals::evidence
