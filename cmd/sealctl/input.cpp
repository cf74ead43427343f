#include "input.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "disk/files.hpp"

namespace seals::sealctl {

Result<std::string> read_input(const std::string& path, std::size_t most) {
    bool standard = path == "-";
    Fd file(standard ? -1 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!standard && !file) return disk::disk_error(path);
    int from = standard ? STDIN_FILENO : file.get();
    std::string text(most + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        auto got = ::read(from, text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return disk::disk_error(path);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > most)
        return invalid("", path + " is longer than " + std::to_string(most) + " bytes");
    text.resize(size);
    return text;
}

Status write_output(const std::string& path, std::string_view bytes) {
    Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!file && errno == EEXIST)
        return Error{Code::conflict, path + " exists already",
                     "name another file, or move it away"};
    if (!file) return disk::disk_error(path);
    return disk::write_synced(file.get(), bytes, path);
}

}  // namespace seals::sealctl
