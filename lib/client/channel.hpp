// Channel: one blocking stream to a Unix socket with an absolute deadline. A value that one thread
// uses at a time. Failures: Code::unavailable when the other side is not there or closes,
// Code::timeout when the deadline passes.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/fd.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"

namespace seals::client {

using Deadline = std::chrono::steady_clock::time_point;

inline Deadline in(milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

class Channel {
  public:
    // Says what is wrong in words for a person: not running, no permission, path too long.
    static Result<Channel> open(const std::string& path, Deadline deadline);

    Status write_all(std::string_view bytes, Deadline deadline);
    // Appends what has come; false at the end of the stream.
    Result<bool> read_some(std::string& to, Deadline deadline);
    void finish_writing();  // SHUT_WR
    bool usable() const;    // still open, and nothing unasked-for has come
    int fd() const { return fd_.get(); }

  private:
    explicit Channel(Fd fd) : fd_(std::move(fd)) {}
    Fd fd_;
};

}  // namespace seals::client
