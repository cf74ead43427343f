#include "poster.hpp"

#include <cstdlib>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>

namespace seals::perf {

Poster::Poster(const std::string& socket) : socket_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        socket_ = Fd();
}

bool Poster::post(const std::string& path, const std::string& body) {
    auto text = "POST " + path + " HTTP/1.1\r\nHost: seals\r\nContent-Type: application/json\r\n" +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    if (::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(text.size()))
        return false;
    return receive();
}

bool Poster::receive() {
    constexpr std::string_view kLength = "Content-Length: ";
    got_.clear();
    for (std::size_t wanted = std::string::npos; got_.size() < wanted;) {
        char piece[4096];
        auto size = ::recv(socket_.get(), piece, sizeof piece, 0);
        if (size <= 0) return false;
        got_.append(piece, static_cast<std::size_t>(size));
        auto end = got_.find("\r\n\r\n");
        auto length = got_.find(kLength);
        if (end == std::string::npos || length > end) continue;
        wanted = end + 4 + std::strtoull(got_.c_str() + length + kLength.size(), nullptr, 10);
    }
    return got_.starts_with("HTTP/1.1 200") || got_.starts_with("HTTP/1.1 201");
}

}  // namespace seals::perf
