// The blocking half of frame.hpp. recvmsg and sendmsg where the descriptor is a socket (only they
// carry descriptors), read and write where it is not.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "helper/frame.hpp"

namespace seals::helper {
namespace {

constexpr std::size_t kPipeChunk = 4096;  // a pipe that polls writable takes this much at once

Error system_error(const char* what) {
    return unavailable(std::string(what) + ": " + std::strerror(errno));
}

Status wait_for(int fd, short events, Deadline deadline) {
    for (;;) {
        auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline -
                                                                 std::chrono::steady_clock::now());
        if (left.count() <= 0) return Error{Code::timeout, "the peer did not answer in time"};
        pollfd poll_for{fd, events, 0};
        auto wait = static_cast<int>(std::min<std::int64_t>(left.count(), 60'000));
        int n = ::poll(&poll_for, 1, wait);
        if (n > 0) return {};
        if (n < 0 && errno != EINTR) return system_error("poll");
    }
}

bool try_again() {
    return errno == EAGAIN || errno == EINTR;
}

// Keeps the first descriptor of a control message and closes any other: a peer must not be able
// to leave open files behind in us.
Status keep_descriptor(msghdr& message, Fd& keep) {
    for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr;
         part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        auto count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof fd);
            Fd owned(fd);
            if (!keep) keep = std::move(owned);
        }
    }
    if ((message.msg_flags & MSG_CTRUNC) != 0)
        return invalid("frame", "more descriptors came with a frame than one");
    return {};
}

// nullopt: nothing there after all, wait again.
Result<std::optional<std::size_t>> read_some(int fd, std::uint8_t* into, std::size_t size,
                                             Fd& passed) {
    iovec part{into, size};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(4 * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    auto got = ::recvmsg(fd, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (got >= 0) {
        if (auto status = keep_descriptor(message, passed); !status) return status.error();
    } else if (errno == ENOTSOCK) {
        got = ::read(fd, into, size);
    }
    if (got < 0 && try_again()) return std::optional<std::size_t>{};
    if (got < 0) return system_error("read");
    return std::optional{static_cast<std::size_t>(got)};
}

// False when the peer closed before the first byte.
Result<bool> read_exactly(int fd, std::uint8_t* into, std::size_t size, Deadline deadline,
                          Fd& passed) {
    std::size_t have = 0;
    while (have < size) {
        if (auto status = wait_for(fd, POLLIN, deadline); !status) return status.error();
        auto got = read_some(fd, into + have, size - have, passed);
        if (!got) return got.error();
        if (!*got) continue;
        if (**got == 0) {
            if (have == 0) return false;
            return unavailable("the peer closed in the middle of a frame");
        }
        have += **got;
    }
    return true;
}

ssize_t send_some(int fd, ByteView bytes, int pass_fd) {
    iovec part{const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (pass_fd >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        auto* head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(head), &pass_fd, sizeof pass_fd);
    }
    auto sent = ::sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == ENOTSOCK && pass_fd < 0)
        sent = ::write(fd, bytes.data(), std::min(bytes.size(), kPipeChunk));
    return sent;
}

std::size_t body_size(const std::array<std::uint8_t, kFrameHead>& head) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i)
        size = size << 8 | head[i];
    return size;
}

}  // namespace

Status write_frame(int fd, std::uint8_t kind, ByteView payload, Deadline deadline, int pass_fd) {
    auto bytes = encode_frame(kind, payload);
    ByteView left(bytes);
    while (!left.empty()) {
        if (auto status = wait_for(fd, POLLOUT, deadline); !status) return status;
        auto sent = send_some(fd, left, pass_fd);
        if (sent < 0) {
            if (try_again()) continue;
            return system_error("write");
        }
        pass_fd = -1;  // it rode on the first bytes
        left = left.subspan(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<std::optional<Received>> read_frame(int fd, Deadline deadline, std::size_t ceiling) {
    std::array<std::uint8_t, kFrameHead> head{};
    Received received;
    auto some = read_exactly(fd, head.data(), head.size(), deadline, received.fd);
    if (!some) return some.error();
    if (!*some) return std::optional<Received>{};
    auto size = body_size(head);
    if (size == 0 || size > ceiling)
        return invalid("frame", "a frame of " + std::to_string(size) + " bytes; allowed are 1 to " +
                                    std::to_string(ceiling));
    received.frame.kind = head[4];
    received.frame.payload.resize(size - 1);
    auto whole = read_exactly(fd, received.frame.payload.data(), size - 1, deadline, received.fd);
    if (!whole) return whole.error();
    if (size > 1 && !*whole) return unavailable("the peer closed in the middle of a frame");
    return std::optional<Received>{std::move(received)};
}

}  // namespace seals::helper
