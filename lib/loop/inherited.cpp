#include "loop/inherited.hpp"

#include <set>

#include <fcntl.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>

namespace seals::loop {

Fd inherited_socket(const std::string& path) {
    static std::set<int> taken;
    int count = sd_listen_fds(0);
    for (int fd = SD_LISTEN_FDS_START; fd < SD_LISTEN_FDS_START + count; ++fd) {
        if (sd_is_socket_unix(fd, SOCK_STREAM, 1, path.c_str(), 0) <= 0) continue;
        if (!taken.insert(fd).second) continue;
        int flags = ::fcntl(fd, F_GETFL);
        if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) continue;
        return Fd(fd);
    }
    return Fd();
}

}  // namespace seals::loop
