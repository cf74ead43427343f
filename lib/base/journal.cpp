#include "base/journal.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "base/fd.hpp"

namespace seals {
namespace {

const Fd& socket_of_process() {
    static const Fd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    return fd;
}

void add_size(std::string& to, std::uint64_t size) {
    for (int byte = 0; byte < 8; ++byte)
        to += static_cast<char>(size >> (8 * byte) & 0xff);
}

}  // namespace

bool journal_reads(int fd) {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat seen {};
    if (stream == nullptr || ::fstat(fd, &seen) != 0) return false;
    return std::to_string(seen.st_dev) + ":" + std::to_string(seen.st_ino) == stream;
}

std::string journal_name(std::string_view name) {
    std::string out = "SEALS_";
    for (char c : name) {
        bool lower = c >= 'a' && c <= 'z';
        bool plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out += lower ? static_cast<char>(c - 'a' + 'A') : plain ? c : '_';
    }
    return out;
}

// A value with a new line is given with its length; the others stand on their line.
std::string journal_entry(const std::vector<JournalField>& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        out += name;
        if (value.find('\n') == std::string::npos) {
            out += '=';
        } else {
            out += '\n';
            add_size(out, value.size());
        }
        out += value;
        out += '\n';
    }
    return out;
}

bool send_to_journal(const std::string& entry, const char* path) {
    const auto& fd = socket_of_process();
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    if (!fd || std::strlen(path) >= sizeof to.sun_path) return false;
    std::strcpy(to.sun_path, path);
    auto sent = ::sendto(fd.get(), entry.data(), entry.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                         reinterpret_cast<const sockaddr*>(&to), sizeof to);
    return sent == static_cast<ssize_t>(entry.size());
}

}  // namespace seals
