#include "client/channel.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace seals::client {
namespace {

milliseconds left_of(Deadline deadline) {
    auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    return left.count() < 0 ? milliseconds{0} : left;
}

Error too_late() {
    return Error{Code::timeout, "sealsd did not answer in time"};
}

Error not_reached(const std::string& path, int why) {
    if (why == ENOENT || why == ECONNREFUSED)
        return unavailable("sealsd is not running, or its socket is not " + path,
                           "start it (systemctl start sealsd, or make demo-up), or name its socket "
                           "with --socket or $SEALS_SOCKET");
    if (why == EACCES || why == EPERM)
        return unavailable("this user may not open " + path,
                           "join the group that owns the socket (usermod -aG seals USER) and log "
                           "in again");
    if (why == EAGAIN || why == EINPROGRESS) return too_late();
    return unavailable("cannot connect to " + path + ": " + std::strerror(why));
}

Status wait_for(int fd, short what, Deadline deadline) {
    for (;;) {
        pollfd probe{fd, what, 0};
        int rc = ::poll(&probe, 1, static_cast<int>(left_of(deadline).count()));
        if (rc > 0) return {};
        if (rc == 0) return too_late();
        if (errno != EINTR) return unavailable(std::string("poll: ") + std::strerror(errno));
    }
}

// connect() to a Unix socket whose backlog is full waits as long as SO_SNDTIMEO says.
void limit_connect(int fd, Deadline deadline) {
    auto left = left_of(deadline).count();
    timeval time{static_cast<time_t>(left / 1000), static_cast<suseconds_t>(left % 1000 * 1000)};
    if (left == 0) time.tv_usec = 1;  // 0 would mean for ever
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

}  // namespace

Result<Channel> Channel::open(const std::string& path, Deadline deadline) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return invalid("socket", "the socket path must be 1 to 107 bytes long: " + path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    Fd fd{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!fd) return unavailable(std::string("cannot make a socket: ") + std::strerror(errno));
    limit_connect(fd.get(), deadline);
    int rc = 0;
    do
        rc = ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    while (rc != 0 && errno == EINTR);
    if (rc != 0 && errno != EISCONN) return not_reached(path, errno);
    return Channel(std::move(fd));
}

Status Channel::write_all(std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        auto wrote = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (wrote > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(wrote));
        } else if (errno == EAGAIN) {
            if (auto status = wait_for(fd_.get(), POLLOUT, deadline); !status) return status;
        } else if (errno != EINTR) {
            return unavailable("sealsd closed the connection before it had the whole request");
        }
    }
    return {};
}

Result<bool> Channel::read_some(std::string& to, Deadline deadline) {
    std::array<char, 16 * 1024> room;
    for (;;) {
        auto got = ::recv(fd_.get(), room.data(), room.size(), MSG_DONTWAIT);
        if (got > 0) {
            to.append(room.data(), static_cast<std::size_t>(got));
            return true;
        }
        if (got == 0 || errno == ECONNRESET) return false;
        if (errno != EAGAIN && errno != EINTR)
            return unavailable(std::string("cannot read from sealsd: ") + std::strerror(errno));
        if (auto status = wait_for(fd_.get(), POLLIN, deadline); !status) return status.error();
    }
}

void Channel::finish_writing() {
    ::shutdown(fd_.get(), SHUT_WR);
}

bool Channel::usable() const {
    pollfd probe{fd_.get(), POLLIN, 0};
    return ::poll(&probe, 1, 0) == 0;
}

}  // namespace seals::client
