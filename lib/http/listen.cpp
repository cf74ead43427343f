#include "http/listen.hpp"

#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include <grp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "loop/inherited.hpp"

namespace seals::http {
namespace {

constexpr int kBacklog = 128;

Error cannot(const std::string& what, const std::string& path, std::string remedy) {
    return unavailable("cannot " + what + " " + path + ": " + std::strerror(errno),
                       std::move(remedy));
}

// A socket that a dead process left is removed; anything else is not ours to remove.
Status clear_place(const std::string& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) return {};
    if (!S_ISSOCK(found.st_mode))
        return unavailable(path + " exists and is no socket", "move it out of the way");
    ::unlink(path.c_str());
    return {};
}

Status set_owner(const std::string& path, const std::string& group) {
    if (group.empty()) return {};
    std::vector<char> room(64 * 1024);
    ::group entry{};
    ::group* found = nullptr;
    ::getgrnam_r(group.c_str(), &entry, room.data(), room.size(), &found);
    if (found == nullptr)
        return unavailable("group \"" + group + "\" of the socket " + path + " does not exist",
                           "create it with: groupadd --system " + group);
    if (::chown(path.c_str(), static_cast<uid_t>(-1), found->gr_gid) != 0)
        return cannot("give to group " + group, path,
                      "run as a member of that group, or change [socket] group in seals.toml");
    return {};
}

struct HostPort {
    std::string host;  // empty: every address
    std::string port;
};

std::optional<HostPort> host_and_port(const std::string& address) {
    auto colon = address.rfind(':');
    if (colon == std::string::npos) return std::nullopt;
    HostPort out{address.substr(0, colon), address.substr(colon + 1)};
    if (out.host.starts_with('[') && out.host.ends_with(']'))
        out.host = out.host.substr(1, out.host.size() - 2);
    else if (out.host.find(':') != std::string::npos)
        return std::nullopt;
    bool digits = !out.port.empty() && out.port.size() <= 5 &&
                  out.port.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::optional(out) : std::nullopt;
}

// Both families by one socket where the machine has IPv6.
Result<Fd> listen_tcp(const addrinfo& at, const std::string& address) {
    Fd fd{::socket(at.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!fd) return cannot("make a socket for", address, {});
    int yes = 1, no = 0;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (at.ai_family == AF_INET6) ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (::bind(fd.get(), at.ai_addr, at.ai_addrlen) != 0 || ::listen(fd.get(), kBacklog) != 0)
        return cannot("listen on", address,
                      "choose an address of this machine and a port that is free: ss -ltn");
    return fd;
}

Result<Fd> listen_tcp(const HostPort& at, const std::string& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    auto out = Result<Fd>(unavailable("no address is known for " + at.host,
                                      "give an address of this machine, or :PORT for all of them"));
    for (int family : {AF_INET6, AF_INET}) {
        hints.ai_family = family;
        addrinfo* found = nullptr;
        const char* host = at.host.empty() ? nullptr : at.host.c_str();
        if (::getaddrinfo(host, at.port.c_str(), &hints, &found) != 0) continue;
        out = listen_tcp(*found, address);
        ::freeaddrinfo(found);
        if (out) break;
    }
    return out;
}

}  // namespace

Result<Fd> listen_on(const std::string& address) {
    if (address.starts_with("unix:")) {
        auto path = address.substr(5);
        if (auto inherited = loop::inherited_socket(path)) return inherited;
        return listen_at(path, 0660, {});
    }
    if (address == "systemd") {
        if (auto inherited = loop::inherited_listener()) return inherited;
        return unavailable("systemd passed no listening socket to this process",
                           "start the .socket unit, or listen on unix:PATH or HOST:PORT");
    }
    if (auto at = host_and_port(address)) return listen_tcp(*at, address);
    return invalid("--listen", "\"" + address +
                                   "\" is no address to listen on: unix:PATH, HOST:PORT, :PORT or "
                                   "systemd");
}

Result<Fd> listen_at(const std::string& path, unsigned mode, const std::string& group) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return unavailable("the socket path \"" + path + "\" must be 1 to 107 bytes long",
                           "choose a directory with a shorter name in [paths] run of seals.toml");
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    Fd fd{::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!fd) return cannot("make a socket for", path, {});
    if (auto status = clear_place(path); !status) return status.error();
    if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return cannot("bind", path, "make its directory, writable for the user that runs sealsd");
    if (auto status = set_owner(path, group); !status) return status.error();
    if (::chmod(path.c_str(), mode) != 0) return cannot("set the mode of", path, {});
    if (::listen(fd.get(), kBacklog) != 0) return cannot("listen on", path, {});
    return fd;
}

}  // namespace seals::http
