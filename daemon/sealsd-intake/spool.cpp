#include "spool.hpp"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seals {
namespace {

constexpr std::string_view kHidden = ".incoming-";
constexpr std::time_t kUsableSeconds = 3600;

Error spool_error(const char* what) {
    return unavailable(
        std::string("the upload cannot be stored: ") + what + ": " + std::strerror(errno),
        "see to the spool folder's space and rights, then send it again");
}

bool is_ours(std::string_view name) {
    if (name.starts_with(kHidden)) return true;
    auto dot = name.find('.');
    return dot != std::string_view::npos && hash_from_hex(name.substr(0, dot)).has_value();
}

}  // namespace

Result<SpoolFile> SpoolFile::create(const std::string& folder) {
    Fd dir(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!dir) return spool_error(folder.c_str());
    Bytes random(16);
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
        return spool_error("getrandom");
    auto name = std::string(kHidden) + to_hex(random);
    Fd file(::openat(dir.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
    if (!file) return spool_error("create");
    return SpoolFile(std::move(dir), std::move(file), std::move(name));
}

SpoolFile::SpoolFile(SpoolFile&& other) noexcept
    : folder_(std::move(other.folder_)),
      file_(std::move(other.file_)),
      name_(std::exchange(other.name_, {})) {}

SpoolFile::~SpoolFile() {
    if (!name_.empty()) ::unlinkat(folder_.get(), name_.c_str(), 0);
}

Status SpoolFile::write(ByteView bytes) {
    while (!bytes.empty()) {
        auto done = ::write(file_.get(), bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return spool_error("write");
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    return {};
}

Status SpoolFile::publish(const std::string& name) {
    if (::fsync(file_.get()) != 0) return spool_error("fsync");
    if (::renameat(folder_.get(), name_.c_str(), folder_.get(), name.c_str()) != 0)
        return spool_error("rename");
    name_.clear();
    if (::fsync(folder_.get()) != 0) return spool_error("fsync of the folder");
    return {};
}

void sweep_spool(const std::string& folder) {
    std::unique_ptr<DIR, int (*)(DIR*)> dir(::opendir(folder.c_str()), ::closedir);
    if (!dir) return;
    auto now = std::time(nullptr);
    while (auto* entry = ::readdir(dir.get())) {
        struct stat about {};
        int fd = ::dirfd(dir.get());
        if (!is_ours(entry->d_name) ||
            ::fstatat(fd, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(about.st_mode) || now - about.st_mtime <= kUsableSeconds)
            continue;
        ::unlinkat(fd, entry->d_name, 0);
    }
}

}  // namespace seals
