#include "disk/files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.hpp"

namespace seals::disk {

Error disk_error(const std::string& what) {
    return unavailable(what + ": " + std::strerror(errno));
}

Status write_synced(int fd, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        auto written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return disk_error(path);
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fdatasync(fd) != 0) return disk_error(path);
    return {};
}

// Its fresh name begins with a dot: who looks through the folder does not take it for a file of it.
Status write_file(const std::string& path, std::string_view text, mode_t mode) {
    auto slash = path.rfind('/');
    auto folder = slash == std::string::npos ? std::string(".") : path.substr(0, slash);
    auto fresh = folder + "/." + path.substr(slash == std::string::npos ? 0 : slash + 1) + ".new";
    Fd file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!file) return disk_error(fresh);
    ::fchmod(file.get(), mode);  // whatever the umask
    if (auto status = write_synced(file.get(), text, fresh); !status) return status;
    if (::rename(fresh.c_str(), path.c_str()) != 0) return disk_error(path);
    Fd dir(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!dir || ::fsync(dir.get()) != 0) return disk_error(folder);
    return {};
}

Result<std::optional<std::string>> read_file(const std::string& path, std::size_t most) {
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file && errno == ENOENT) return std::optional<std::string>{};
    struct stat found {};
    if (!file || ::fstat(file.get(), &found) != 0) return disk_error(path);
    if (!S_ISREG(found.st_mode)) return invalid("", path + " is no regular file");
    std::string text(most + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        auto got = ::read(file.get(), text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return disk_error(path);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > most) return invalid("", path + " is longer than " + std::to_string(most));
    text.resize(size);
    return std::optional(std::move(text));
}

Status make_folder(const std::string& path, mode_t mode) {
    if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) return disk_error(path);
    return {};
}

}  // namespace seals::disk
