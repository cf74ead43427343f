// Frame: what sealsd and its one-job programs say to each other: u32 big-endian length of what
// follows | u8 kind | payload. The codec is pure. read_frame and write_frame block the calling
// thread, at most until their deadline, over a connected Unix socket, a pipe or a terminal; they
// belong to workers and to the small programs, never to the loop. A descriptor may ride on a frame
// over a Unix socket.
//
// Errors: Code::invalid for bytes that are no frame, Code::timeout when the deadline passed,
// Code::unavailable when the peer is gone. After any of them the stream is of no more use.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/fd.hpp"
#include "base/result.hpp"

namespace seals::helper {

inline constexpr std::size_t kFrameHead = 5;          // length and kind
inline constexpr std::size_t kFrameBytes = 1U << 20;  // default ceiling of kind + payload

struct Frame {
    std::uint8_t kind = 0;
    Bytes payload;

    std::string_view text() const { return as_text(payload); }
    friend bool operator==(const Frame&, const Frame&) = default;
};

Bytes encode_frame(std::uint8_t kind, ByteView payload);
inline Bytes encode_frame(std::uint8_t kind, std::string_view payload) {
    return encode_frame(kind, as_bytes(payload));
}

// Turns a byte stream into frames, in any cut of the stream. Holds at most what was fed and not yet
// taken; a frame above the ceiling is refused by its head, before any of its payload is kept.
class FrameDecoder {
  public:
    explicit FrameDecoder(std::size_t ceiling = kFrameBytes) : ceiling_(ceiling) {}

    Status feed(ByteView bytes);  // Code::invalid: length 0 or above the ceiling; then for ever
    std::optional<Frame> next();  // the next whole frame
    bool idle() const { return pending_.size() == at_; }  // the stream may end here

  private:
    std::optional<std::size_t> body_size(std::size_t at) const;

    std::size_t ceiling_;
    Bytes pending_;
    std::size_t at_ = 0;     // where the next frame starts
    std::size_t check_ = 0;  // where the next head to be checked starts
    bool broken_ = false;
};

using Deadline = std::chrono::steady_clock::time_point;
inline Deadline deadline_in(std::chrono::milliseconds wait) {
    return std::chrono::steady_clock::now() + wait;
}

struct Received {
    Frame frame;
    Fd fd;  // what rode on it, close-on-exec; empty when nothing did
};

// pass_fd is borrowed, and only a Unix socket can carry it. The process ignores SIGPIPE.
Status write_frame(int fd, std::uint8_t kind, ByteView payload, Deadline deadline,
                   int pass_fd = -1);
inline Status write_frame(int fd, std::uint8_t kind, std::string_view payload, Deadline deadline,
                          int pass_fd = -1) {
    return write_frame(fd, kind, as_bytes(payload), deadline, pass_fd);
}

// nullopt: the peer closed between two frames. In the middle of one that is Code::unavailable.
Result<std::optional<Received>> read_frame(int fd, Deadline deadline,
                                           std::size_t ceiling = kFrameBytes);

}  // namespace seals::helper
