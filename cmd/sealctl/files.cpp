#include "files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <unistd.h>

#include "evidence/whole_file.hpp"

namespace seals::sealctl {
namespace {

constexpr unsigned kForAll = 0644;

Result<std::string> read_stdin(std::size_t most) {
    std::string out;
    for (char piece[8192];;) {
        auto got = ::read(STDIN_FILENO, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unavailable(std::string("standard input: ") + std::strerror(errno));
        if (got == 0) return out;
        out.append(piece, static_cast<std::size_t>(got));
        if (out.size() > most)
            return invalid("file",
                           "standard input has more than " + std::to_string(most) + " bytes");
    }
}

}  // namespace

Result<std::string> read_small(const std::string& path, std::size_t most) {
    if (path == "-") return read_stdin(most);
    auto bytes = evidence::read_file(path, most);
    if (!bytes) {
        auto error = bytes.error();
        error.code = Code::invalid;
        error.field = "file";
        return error;
    }
    return std::string(as_text(*bytes));
}

Status write_out(Context& context, const std::string& path, std::string_view bytes) {
    if (path != "-")
        return evidence::replace_file(path, as_bytes(bytes), evidence::Durable::no, kForAll);
    context.print.raw(bytes);
    return {};
}

Status make_folder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (!error) return {};
    return unavailable(path + ": " + error.message(), "name a folder that may be written");
}

}  // namespace seals::sealctl
