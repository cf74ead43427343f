// The Unix sockets of stream.hpp, apart from what needs a loop: sealctl links no loop.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "helper/stream.hpp"

namespace seals::helper {
namespace {

std::optional<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) return std::nullopt;
    std::copy(path.begin(), path.end(), address.sun_path);
    return address;
}
const sockaddr* plain(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

Error bad_path(const std::string& path) {
    return invalid("socket", "no path for a socket (1 to 107 bytes): " + path);
}
Error system_error(const std::string& what) {
    return unavailable(what + ": " + std::strerror(errno));
}

Fd new_socket() {
    return Fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

}  // namespace

Result<Fd> connect_unix(const std::string& path) {
    auto address = address_of(path);
    if (!address) return bad_path(path);
    auto socket = new_socket();
    if (!socket) return system_error("socket");
    if (::connect(socket.get(), plain(*address), sizeof *address) != 0)
        return system_error("nobody listens on " + path);
    return socket;
}

bool hung_up(int socket) {
    pollfd poll_for{socket, POLLRDHUP, 0};
    return ::poll(&poll_for, 1, 0) > 0;
}

Result<Fd> listen_unix(const std::string& path, unsigned mode) {
    auto address = address_of(path);
    if (!address) return bad_path(path);
    if (connect_unix(path))
        return Error{Code::conflict, "another process listens on " + path,
                     "stop it, or give this one a path of its own"};
    ::unlink(path.c_str());
    auto socket = new_socket();
    if (!socket) return system_error("socket");
    ::fchmod(socket.get(), 0600);  // Linux makes the file with the socket's mode: never open to all
    if (::bind(socket.get(), plain(*address), sizeof *address) != 0)
        return system_error("bind " + path);
    if (::chmod(path.c_str(), mode) != 0) return system_error("chmod " + path);
    if (::listen(socket.get(), 64) != 0) return system_error("listen on " + path);
    return socket;
}

}  // namespace seals::helper
