#include "client/upload.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <unistd.h>

#include "base/bytes.hpp"
#include "client/channel.hpp"
#include "client/client.hpp"
#include "wire/json.hpp"

namespace seals::client {
namespace {

constexpr std::size_t kMostAnswer = 64 * 1024;

// Ends early without an error when the other side closes: its line says why.
Status send_file(Channel& channel, int fd, const std::function<void(std::int64_t)>& progress,
                 milliseconds stall) {
    std::array<char, 64 * 1024> room;
    for (std::int64_t sent = 0;;) {
        auto got = ::read(fd, room.data(), room.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return invalid("file", std::string("cannot read: ") + std::strerror(errno));
        if (got == 0) break;
        auto wrote = channel.write_all({room.data(), static_cast<std::size_t>(got)}, in(stall));
        if (!wrote) return wrote.error().code == Code::timeout ? wrote : Status{};
        sent += got;
        if (progress) progress(sent);
    }
    channel.finish_writing();
    return {};
}

Result<std::string> read_answer(Channel& channel, milliseconds stall) {
    std::string text;
    while (text.find('\n') == std::string::npos && text.size() < kMostAnswer) {
        auto more = channel.read_some(text, in(stall));
        if (!more) return more.error();
        if (!*more) break;
    }
    auto end = text.find('\n');
    if (end == std::string::npos)
        return unavailable("sealsd closed the upload without an answer", "try again");
    return text.substr(0, end);
}

}  // namespace

Result<Uploaded> upload(const std::string& files_socket, int fd,
                        const std::function<void(std::int64_t)>& progress, milliseconds stall) {
    auto channel = Channel::open(files_socket, in(stall));
    if (!channel) return channel.error();
    if (auto status = send_file(*channel, fd, progress, stall); !status) return status.error();
    auto text = read_answer(*channel, stall);
    if (!text) return text.error();
    auto value = wire::parse_json(*text);
    if (!value) return unavailable("the answer to the upload is " + value.error().detail);
    if (value->find("code") != nullptr && value->find("sha256") == nullptr)
        return error_of(*value, 0);
    Uploaded uploaded{value->text_or("sha256"), value->integer_or("size", -1)};
    if (!hash_from_hex(uploaded.sha256) || uploaded.size < 0)
        return unavailable("the answer to the upload names no SHA-256 and size");
    return uploaded;
}

std::string files_socket_beside(const std::string& api_socket) {
    auto slash = api_socket.rfind('/');
    return slash == std::string::npos ? "files.sock"
                                      : api_socket.substr(0, slash + 1) + "files.sock";
}

}  // namespace seals::client
