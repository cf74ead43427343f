#include "evidence/whole_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.hpp"

namespace seals::evidence {
namespace {

Error disk(const std::string& path) {
    return unavailable(path + ": " + std::strerror(errno), "look at the disk of that folder");
}

Status write_all(int to, ByteView bytes, const std::string& path) {
    while (!bytes.empty()) {
        auto sent = ::write(to, bytes.data(), bytes.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return disk(path);
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return {};
}

// The bytes in a file beside the path, of which nobody knows yet.
Result<std::string> write_beside(const std::string& path, ByteView bytes, Durable durable,
                                 unsigned mode) {
    auto beside = path + ".new";
    Fd to(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!to || ::fchmod(to.get(), mode) != 0) return disk(beside);
    auto status = write_all(to.get(), bytes, beside);
    if (status && durable == Durable::yes && ::fsync(to.get()) != 0) status = disk(beside);
    if (status) return beside;
    ::unlink(beside.c_str());
    return status.error();
}

}  // namespace

Status sync_folder_of(const std::string& path) {
    auto slash = path.rfind('/');
    auto folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
    Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) return disk(folder);
    return {};
}

Status replace_file(const std::string& path, ByteView bytes, Durable durable, unsigned mode) {
    auto beside = write_beside(path, bytes, durable, mode);
    if (!beside) return beside.error();
    if (std::rename(beside->c_str(), path.c_str()) != 0) return disk(path);
    return durable == Durable::yes ? sync_folder_of(path) : Status{};
}

Status create_file(const std::string& path, ByteView bytes, unsigned mode) {
    auto beside = write_beside(path, bytes, Durable::yes, mode);
    if (!beside) return beside.error();
    bool there = ::link(beside->c_str(), path.c_str()) != 0;  // unlike a rename it replaces nothing
    auto why = errno;
    ::unlink(beside->c_str());
    errno = why;
    if (there && why == EEXIST) return Error{Code::conflict, path + " is there already"};
    if (there) return disk(path);
    return sync_folder_of(path);
}

Result<Bytes> read_file(const std::string& path, std::size_t most) {
    Fd from(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!from && errno == ENOENT) return Error{Code::not_found, path + ": no such file"};
    if (!from) return disk(path);
    Bytes out(most + 1);
    std::size_t size = 0;
    while (size < out.size()) {
        auto got = ::read(from.get(), out.data() + size, out.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return disk(path);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > most)
        return invalid("file", path + " is longer than " + std::to_string(most) + " bytes");
    out.resize(size);
    return out;
}

}  // namespace seals::evidence
