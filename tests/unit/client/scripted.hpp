// A server that reads one request and answers with given bytes, whatever they are.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "catch.hpp"

namespace seals::client {

class Scripted {
  public:
    using Script = std::function<void(int fd)>;

    explicit Scripted(Script script) {
        std::string name = "/tmp/seals-client-XXXXXX";
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        listener_ = Fd{::socket(AF_UNIX, SOCK_STREAM, 0)};
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path().copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) ==
                0);
        REQUIRE(::listen(listener_.get(), 8) == 0);
        thread_ = std::thread([this, script = std::move(script)] {
            for (;;) {
                Fd fd{::accept(listener_.get(), nullptr, nullptr)};
                if (!fd) return;
                script(fd.get());
            }
        });
    }
    ~Scripted() {
        ::shutdown(listener_.get(), SHUT_RDWR);
        thread_.join();
        std::filesystem::remove_all(folder_);
    }
    std::string path() const { return folder_ + "/api.sock"; }

  private:
    std::string folder_;
    Fd listener_;
    std::thread thread_;
};

inline std::string read_until(int fd, std::string_view end) {
    std::string got;
    char c = 0;
    while (got.find(end) == std::string::npos && ::recv(fd, &c, 1, 0) == 1)
        got.push_back(c);
    return got;
}

inline void say(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        auto wrote = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (wrote <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

// Answers every request with the same bytes and closes.
inline Scripted::Script answering(std::string bytes) {
    return [bytes = std::move(bytes)](int fd) {
        read_until(fd, "\r\n\r\n");
        say(fd, bytes);
    };
}

}  // namespace seals::client
