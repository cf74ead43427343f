#include "engine/ballast.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "base/log.hpp"

namespace seals::engine {

Status Ballast::take() {
    struct stat found {};
    if (::stat(path_.c_str(), &found) == 0 && static_cast<std::size_t>(found.st_size) >= bytes_) {
        spent_ = false;
        return {};
    }
    auto dir = path_.substr(0, path_.rfind('/'));
    struct statvfs disk {};
    if (::statvfs(dir.c_str(), &disk) == 0 && disk.f_bavail * disk.f_frsize < 2 * bytes_) {
        spent_ = true;
        return unavailable("no room for the ballast file", "free space on the disk of the ledger");
    }
    Fd fd(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    if (!fd) return unavailable(path_ + ": " + std::strerror(errno));
    int error = ::posix_fallocate(fd.get(), 0, static_cast<off_t>(bytes_));
    if (error != 0) {
        release();
        return unavailable("ballast file: " + std::string(std::strerror(error)));
    }
    spent_ = false;
    return {};
}

void Ballast::release() {
    if (!spent_)
        log(Priority::warning, "engine", "the disk is full: ballast released", {{"path", path_}});
    ::unlink(path_.c_str());
    spent_ = true;
}

}  // namespace seals::engine
