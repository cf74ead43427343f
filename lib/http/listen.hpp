// Listening sockets. One at a path has its mode and group before it listens, so nobody ever
// connects to one that is still open to all; it replaces the socket of a dead process (that it is
// dead is the caller's to know: sealsd holds a lock). Blocks briefly; start of a program.
#pragma once

#include <string>

#include "base/fd.hpp"
#include "base/result.hpp"

namespace seals::http {

// Code::unavailable with what to do about it.
Result<Fd> listen_at(const std::string& path, unsigned mode, const std::string& group);

// "unix:PATH" (mode 0660), "HOST:PORT", "[IPV6]:PORT", ":PORT" (every address of the machine), or
// "systemd": the socket that it opened for this process. Code::invalid: it is none of them.
Result<Fd> listen_on(const std::string& address);

}  // namespace seals::http
