#include "evidence/file_store.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "evidence/whole_file.hpp"
#include "leaf/hash.hpp"

namespace seals::evidence {
namespace {

Error disk(const std::string& path) {
    return unavailable(path + ": " + std::strerror(errno), "look at the disk of the state folder");
}

bool write_all(int to, const char* bytes, std::size_t size) {
    while (size > 0) {
        auto sent = ::write(to, bytes, size);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

// The hash of what was copied; errno tells when it fails.
std::string copy(int from, int to) {
    constexpr std::size_t kRoom = 128U * 1024;
    auto room = std::make_unique<char[]>(kRoom);
    leaf::Sha256 hash;
    for (off_t at = 0;;) {
        auto got = ::pread(from, room.get(), kRoom, at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return {};
        if (got == 0) break;
        hash.add(
            {reinterpret_cast<const std::uint8_t*>(room.get()), static_cast<std::size_t>(got)});
        if (!write_all(to, room.get(), static_cast<std::size_t>(got))) return {};
        at += got;
    }
    return to_hex(hash.finish());
}

// The hash of what the file has; "" when it cannot be read or `cancel` was set.
std::string hash_of(int from, const std::atomic<bool>& cancel) {
    constexpr std::size_t kRoom = 128U * 1024;
    auto room = std::make_unique<char[]>(kRoom);
    leaf::Sha256 hash;
    for (;;) {
        if (cancel) return {};
        auto got = ::read(from, room.get(), kRoom);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return {};
        if (got == 0) return to_hex(hash.finish());
        hash.add(
            {reinterpret_cast<const std::uint8_t*>(room.get()), static_cast<std::size_t>(got)});
    }
}

}  // namespace

std::string FileStore::path_of(const std::string& sha256) const {
    return dir_ + "/" + sha256.substr(0, 2) + "/" + sha256;
}

Status FileStore::put(const Fd& from, const std::string& sha256) const {
    auto path = path_of(sha256);
    auto folder = path.substr(0, path.rfind('/'));
    // There already, perhaps of an attempt whose last sync failed: its name must be on the disk,
    // too.
    if (::access(path.c_str(), F_OK) == 0) return sync_names(path);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    auto partial = path + ".partial";
    Fd to(::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!to) return disk(partial);
    auto hash = copy(from.get(), to.get());
    if (hash.empty() || ::fsync(to.get()) != 0) {
        auto why = disk(partial);
        ::unlink(partial.c_str());
        return why;
    }
    if (hash != sha256) {
        ::unlink(partial.c_str());
        return invalid("sha256", "the file is of another hash: " + hash);
    }
    if (::rename(partial.c_str(), path.c_str()) != 0) return disk(path);
    return sync_names(path);
}

// The file's name in its folder, that folder's in the store, and the store's in the state folder.
Status FileStore::sync_names(const std::string& path) const {
    for (const auto& name : {path, path.substr(0, path.rfind('/')), dir_})
        if (auto status = sync_folder_of(name); !status) return status;
    return {};
}

Result<Fd> FileStore::open(const std::string& sha256) const {
    auto path = path_of(sha256);
    Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (fd) return fd;
    if (errno != ENOENT) return disk(path);
    return Error{Code::not_found, "no file of hash " + sha256 + " is kept", {}, "sha256"};
}

bool FileStore::has(const std::string& sha256) const {
    return ::access(path_of(sha256).c_str(), F_OK) == 0;
}

// A folder, a link or a pipe in the file's place is another file.
Result<FileStore::Found> FileStore::check(const std::string& sha256,
                                          const std::atomic<bool>& cancel) const {
    auto path = path_of(sha256);
    Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!fd && (errno == ENOENT || errno == ENOTDIR)) return Found::missing;
    if (!fd && errno == ELOOP) return Found::altered;
    if (!fd) return disk(path);
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return disk(path);
    if (!S_ISREG(info.st_mode)) return Found::altered;
    auto hash = hash_of(fd.get(), cancel);
    if (cancel) return unavailable("sealsd stops");
    if (hash.empty() && errno == EIO) return Found::altered;  // a bad block: it is not whole
    if (hash.empty()) return disk(path);
    return hash == sha256 ? Found::whole : Found::altered;
}

Status FileStore::remove(const std::string& sha256) const {
    auto path = path_of(sha256);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return disk(path);
    auto folder = path.substr(0, path.rfind('/'));
    if (::access(folder.c_str(), F_OK) != 0) return {};
    return sync_folder_of(path);
}

Status FileStore::each(const std::function<void(const std::string& sha256)>& call) const {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::exists(dir_, error)) return {};
    fs::recursive_directory_iterator at(dir_, error), end;
    while (!error && at != end) {
        auto name = at->path().filename().string();
        if (hash_from_hex(name)) call(name);
        at.increment(error);
    }
    if (error) return unavailable(dir_ + ": " + error.message(), "look at the disk of that folder");
    return {};
}

}  // namespace seals::evidence
