// FrameStream: frames over one connected socket, on the loop. Never blocks: what the socket does
// not take waits in a bounded queue. Loop thread only; callbacks may destroy the stream.
// Dialer: keeps one such stream to a Unix socket, again and again with growing pauses.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/fd.hpp"
#include "helper/frame.hpp"
#include "loop/loop.hpp"

namespace seals::helper {

// What becomes of whole frames that arrived together with the peer's hang-up.
enum class AtHangUp { deliver, discard };

class FrameStream {
  public:
    struct Calls {
        std::function<void(Frame)> frame;
        std::function<void()> closed;  // hang-up, error or bytes that are no frame; once
    };
    struct Limits {
        std::size_t frame_bytes = kFrameBytes;
        std::size_t queue_bytes = 1U << 20;  // outgoing
        AtHangUp at_hang_up = AtHangUp::deliver;
    };

    FrameStream(loop::Loop& loop, Fd socket, Calls calls, Limits limits);
    ~FrameStream();
    FrameStream(const FrameStream&) = delete;
    FrameStream& operator=(const FrameStream&) = delete;

    // False: the queue is full, nothing was queued. Failures of the socket come as closed().
    bool send(std::uint8_t kind, ByteView payload);
    std::size_t waiting() const { return out_.size() - out_at_; }  // bytes not yet taken
    int fd() const { return socket_.get(); }

  private:
    enum class Got { more, drained, ended };
    void read();
    Got read_some(Bytes& into);
    void deliver();
    void flush();
    void fail();

    loop::Loop& loop_;
    Fd socket_;
    Calls calls_;
    Limits limits_;
    FrameDecoder decoder_;
    Bytes out_;
    std::size_t out_at_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    loop::Watch readable_;
    loop::Watch writable_;
    bool writing_ = false;
    bool closed_ = false;
    loop::Timer closing_;
};

class Dialer {
  public:
    struct Calls {
        std::function<void(Frame)> frame;
        std::function<void(bool up)> link;
    };
    Dialer(loop::Loop& loop, std::string path, Calls calls);

    bool up() const { return stream_ != nullptr; }
    bool send(std::uint8_t kind, ByteView payload);  // false: down, or the queue is full
    void drop();                                     // hang up and dial again

  private:
    void dial();
    void retry();

    loop::Loop& loop_;
    std::string path_;
    Calls calls_;
    std::unique_ptr<FrameStream> stream_;
    milliseconds pause_;
    loop::Timer timer_;
};

// Errors: Code::unavailable when nobody listens there, Code::invalid for a path too long for a
// socket. Neither blocks. The listening socket replaces a dead one at its path.
Result<Fd> connect_unix(const std::string& path);
bool hung_up(int socket);  // the peer has closed, whatever it left to be read
Result<Fd> listen_unix(const std::string& path, unsigned mode);

}  // namespace seals::helper
