#include "sending.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.hpp"

namespace seals::sealctl {
namespace {

constexpr std::size_t kMostMapBytes = 64 * 1024;

Result<Fd> open_file(const std::string& path) {
    Fd fd(path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about {};
    if (!fd || ::fstat(fd.get(), &about) != 0)
        return invalid(path, path + ": " + std::strerror(errno));
    if (S_ISDIR(about.st_mode)) return invalid(path, path + ": " + std::strerror(EISDIR));
    return fd;
}

std::string megabytes(std::int64_t bytes) {
    auto tenths = bytes / 100'000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

}  // namespace

Result<std::string> map_text(const std::string& path) {
    auto fd = open_file(path);
    if (!fd) return fd.error();
    std::string text(kMostMapBytes + 1, '\0');
    std::size_t have = 0;
    while (have < text.size()) {
        auto got = ::read(fd->get(), text.data() + have, text.size() - have);
        if (got < 0) return invalid(path, path + ": " + std::strerror(errno));
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    if (have > kMostMapBytes) return invalid(path, path + " is too long for a map file");
    text.resize(have);
    return text;
}

Result<client::Uploaded> send_file(Context& context, const std::string& path) {
    auto fd = open_file(path);
    if (!fd) return fd.error();
    struct stat about {};
    auto size = ::fstat(fd->get(), &about) == 0 && S_ISREG(about.st_mode) ? about.st_size : 0;
    std::int64_t told = 0;
    auto progress = [&](std::int64_t sent) {
        if (sent - told < 1'000'000) return;
        told = sent;
        auto text = size > 0 ? context.text("import.sent_of", {megabytes(sent), megabytes(size)})
                             : context.text("import.sent", {megabytes(sent)});
        context.print.progress(text);
    };
    return client::upload(client::files_socket_beside(context.daemon.socket()), fd->get(),
                          progress);
}

Result<client::Uploaded> send_bounded(Context& context, const std::string& path,
                                      std::int64_t most) {
    auto fd = open_file(path);
    if (!fd) return fd.error();
    struct stat about {};
    if (::fstat(fd->get(), &about) != 0) return invalid(path, path + ": " + std::strerror(errno));
    if (S_ISREG(about.st_mode) && about.st_size == 0)
        return invalid(path, context.text("error.file_empty", {path}));
    if (about.st_size > most) {
        auto fault = invalid(path, context.text("error.file_large",
                                                {path, megabytes(about.st_size), megabytes(most)}));
        fault.remedy = context.text("error.file_large_remedy");
        return fault;
    }
    return send_file(context, path);
}

bool read_number(const std::string& text, std::int64_t& number) {
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() && number >= 0;
}

}  // namespace seals::sealctl
