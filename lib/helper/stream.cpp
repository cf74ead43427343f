#include "helper/stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

namespace seals::helper {
namespace {

constexpr std::size_t kChunk = 16U << 10;
constexpr std::size_t kPassBytes = 256U << 10;  // read at one go before others get their turn

}  // namespace

FrameStream::FrameStream(loop::Loop& loop, Fd socket, Calls calls, Limits limits)
    : loop_(loop),
      socket_(std::move(socket)),
      calls_(std::move(calls)),
      limits_(limits),
      decoder_(limits.frame_bytes) {
    readable_ = loop_.readable(socket_.get(), [this] { read(); });
}

FrameStream::~FrameStream() {
    *alive_ = false;
}

FrameStream::Got FrameStream::read_some(Bytes& into) {
    std::array<std::uint8_t, kChunk> chunk;
    auto got = ::recv(socket_.get(), chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (got > 0) {
        into.insert(into.end(), chunk.begin(), chunk.begin() + got);
        return Got::more;
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return Got::drained;
    return Got::ended;
}

void FrameStream::read() {
    Bytes fresh;
    auto got = Got::more;
    while (got == Got::more && fresh.size() < kPassBytes)
        got = read_some(fresh);
    if (limits_.at_hang_up == AtHangUp::discard && hung_up(socket_.get())) return fail();
    bool decent = bool(decoder_.feed(fresh));
    auto alive = alive_;
    deliver();
    if (!*alive || closed_) return;
    if (!decent || got == Got::ended) fail();
}

void FrameStream::deliver() {
    auto alive = alive_;
    auto call = calls_.frame;  // it may destroy us, and with us the original
    while (auto frame = decoder_.next()) {
        call(std::move(*frame));
        if (!*alive || closed_) return;
    }
}

bool FrameStream::send(std::uint8_t kind, ByteView payload) {
    if (closed_ || waiting() + kFrameHead + payload.size() > limits_.queue_bytes) return false;
    auto bytes = encode_frame(kind, payload);
    out_.insert(out_.end(), bytes.begin(), bytes.end());
    if (!writing_) flush();
    return true;
}

void FrameStream::flush() {
    while (waiting() > 0) {
        auto sent =
            ::send(socket_.get(), out_.data() + out_at_, waiting(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) break;
        if (sent < 0) {  // never closed() from within send()
            closing_ = loop_.after(milliseconds(0), [this] { fail(); });
            break;
        }
        out_at_ += static_cast<std::size_t>(sent);
    }
    if (waiting() == 0 || out_at_ > kPassBytes) {
        out_.erase(out_.begin(), out_.begin() + static_cast<std::ptrdiff_t>(out_at_));
        out_at_ = 0;
    }
    bool want = waiting() > 0 && !closing_;
    if (want == writing_) return;
    writing_ = want;
    writable_ = want ? loop_.writable(socket_.get(), [this] { flush(); }) : loop::Watch{};
}

void FrameStream::fail() {
    if (closed_) return;
    closed_ = true;
    readable_ = {};
    writable_ = {};
    closing_ = {};
    auto call = calls_.closed;
    call();
}

}  // namespace seals::helper
