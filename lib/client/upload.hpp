// Hands a file to sealsd's files.sock: raw bytes, end of writing, one line back that names it by
// its SHA-256. Blocks; one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace seals::client {

struct Uploaded {
    std::string sha256;  // 64 hex digits, as sealsd computed it
    std::int64_t size = 0;
};

// `fd` is read from where it stands to its end. `progress` (may be empty) hears the bytes sent so
// far. `stall` limits every wait for the other side, not the whole. Besides a Channel's failures:
// the problem that sealsd sends instead (too large, no room), or Code::invalid when `fd` cannot be
// read.
Result<Uploaded> upload(const std::string& files_socket, int fd,
                        const std::function<void(std::int64_t)>& progress = {},
                        milliseconds stall = milliseconds{30'000});

// files.sock beside the given api.sock.
std::string files_socket_beside(const std::string& api_socket);

}  // namespace seals::client
