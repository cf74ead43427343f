// The upload door: raw bytes from a connected Unix socket until the peer shuts its side down, into
// a file of the spool that is named by what is in it and by who sent it. Answers one line of JSON.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace seals {

struct Reception {
    std::string spool;  // folder
    std::int64_t most_bytes = 64LL << 20;
    std::chrono::milliseconds in_all{120'000};
    std::chrono::milliseconds idle{10'000};
};

// Leaves SPOOL/<sha256>.<uid> (0640) on success and nothing otherwise; either way the peer is told.
// The error is what the peer was told.
Status receive_upload(int socket, const Reception& reception);

}  // namespace seals
