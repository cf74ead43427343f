#include "page_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace seals::sealctl {
namespace {

constexpr std::size_t kPiece = 256 * 1024;

}  // namespace

Result<PageFile> PageFile::create() {
    const char* set = std::getenv("TMPDIR");
    std::string folder = set != nullptr && *set != '\0' ? set : "/var/tmp";
    Fd file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!file) {  // a file system without unnamed files
        auto path = folder + "/sealctl-XXXXXX";
        file.reset(::mkostemp(path.data(), O_CLOEXEC));
        if (file) ::unlink(path.c_str());
    }
    if (!file)
        return unavailable(folder + ": " + std::strerror(errno),
                           "set TMPDIR to a folder that may be written");
    return PageFile(std::move(folder), std::move(file));
}

void PageFile::add(std::string_view text) {
    waiting_ += text;
    if (waiting_.size() >= kPiece) flush();
}

void PageFile::flush() {
    for (std::string_view left = waiting_; failed_ == 0 && !left.empty();) {
        auto wrote = ::write(file_.get(), left.data(), left.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0)
            failed_ = errno;
        else
            left.remove_prefix(static_cast<std::size_t>(wrote));
    }
    waiting_.clear();
}

Error PageFile::no_room() const {
    return unavailable(folder_ + ": " + std::strerror(failed_),
                       "free space there, or set TMPDIR to a folder with room");
}

Status PageFile::print(Printer& printer, char mark, const std::string& text) {
    flush();
    if (failed_ != 0) return no_room();
    std::string piece(kPiece, '\0');
    for (off_t place = 0;;) {
        auto got = ::pread(file_.get(), piece.data(), piece.size(), place);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unavailable(folder_ + ": " + std::strerror(errno));
        if (got == 0) return {};
        place += got;
        std::string_view left(piece.data(), static_cast<std::size_t>(got));
        for (auto at = left.find(mark); at != std::string_view::npos; at = left.find(mark)) {
            printer.raw(left.substr(0, at));
            printer.raw(text);
            left.remove_prefix(at + 1);
        }
        printer.raw(left);
        if (printer.failed()) return {};  // run() tells it
    }
}

}  // namespace seals::sealctl
