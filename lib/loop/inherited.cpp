#include "loop/inherited.hpp"

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string_view>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace seals::loop {
namespace {

constexpr int kFirst = 3;  // SD_LISTEN_FDS_START

int number_in(const char* variable) {
    const char* text = std::getenv(variable);
    int number = 0;
    if (text == nullptr) return 0;
    std::from_chars(text, text + std::strlen(text), number);
    return number;
}

bool listens(int fd) {
    int listening = 0, type = 0;
    socklen_t size = sizeof listening;
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || listening == 0)
        return false;
    size = sizeof type;
    return ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

bool is_at(int fd, const std::string& path) {
    sockaddr_un address{};
    socklen_t length = sizeof address;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0) return false;
    return address.sun_family == AF_UNIX && length > sizeof address.sun_family &&
           path == std::string_view(address.sun_path,
                                    ::strnlen(address.sun_path, sizeof address.sun_path));
}

// The protocol of sd_listen_fds(3), without libsystemd: that would bring five more libraries, and
// nearly a MiB, into sealsd-bolt. `path` null: any.
Fd inherited(const std::string* path) {
    static std::set<int> taken;
    if (number_in("LISTEN_PID") != ::getpid()) return Fd();
    for (int fd = kFirst; fd < kFirst + number_in("LISTEN_FDS"); ++fd) {
        if (::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) break;  // there are no more
        if (!listens(fd) || (path != nullptr && !is_at(fd, *path))) continue;
        if (!taken.insert(fd).second) continue;
        int flags = ::fcntl(fd, F_GETFL);
        if (flags >= 0 && ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0) return Fd(fd);
    }
    return Fd();
}

}  // namespace

Fd inherited_socket(const std::string& path) {
    return inherited(&path);
}

Fd inherited_listener() {
    return inherited(nullptr);
}

}  // namespace seals::loop
