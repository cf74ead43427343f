// A listening Unix socket at a path. Mode and group are final before it listens, so nobody ever
// connects to one that is still open to all. Replaces the socket of a dead process (that it is dead
// is the caller's to know: sealsd holds a lock). Blocks briefly; start of a program.
#pragma once

#include <string>

#include "base/fd.hpp"
#include "base/result.hpp"

namespace seals::api {

// Code::unavailable with what to do about it.
Result<Fd> listen_at(const std::string& path, unsigned mode, const std::string& group);

}  // namespace seals::api
