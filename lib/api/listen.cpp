#include "api/listen.hpp"

#include <cerrno>
#include <cstring>
#include <vector>

#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace seals::api {
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

}  // namespace

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

}  // namespace seals::api
