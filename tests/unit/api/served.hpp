// A server on a socket of its own in a thread of its own, and raw clients that may misbehave.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "api/server.hpp"
#include "catch.hpp"

namespace seals::api {

using namespace std::chrono_literals;

inline std::string fresh_folder() {
    std::string name = "/tmp/seals-api-XXXXXX";
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
}

// Every role for this process's uid.
inline Roles all_roles() {
    Roles roles;
    for (auto& grants : roles.grants)
        grants.emplace_back().uids.push_back(::getuid());
    return roles;
}

class Served {
  public:
    explicit Served(std::vector<Route> routes, http::ConnectionLimits limits = {},
                    Roles roles = all_roles(), std::size_t connections = 128)
        : folder_(fresh_folder()) {
        ServerOptions options;
        options.path = path();
        options.limits = limits;
        options.connections = connections;
        auto opened = Server::open(loop, options, std::move(roles), std::move(routes));
        REQUIRE(opened);
        server = std::move(*opened);
        thread_ = std::thread([this] { loop.run(); });
    }
    ~Served() {
        loop.post([this] {
            server.reset();
            loop.stop();
        });
        thread_.join();
        std::filesystem::remove_all(folder_);
    }
    std::string path() const { return folder_ + "/api.sock"; }
    // Runs on the loop and waits for it.
    void on_loop(const std::function<void()>& task) {
        std::atomic<bool> done = false;
        loop.post([&] {
            task();
            done = true;
        });
        while (!done)
            std::this_thread::sleep_for(1ms);
    }
    std::size_t open_connections() {
        std::size_t count = 0;
        on_loop([&] { count = server->connections(); });
        return count;
    }
    bool soon(const std::function<bool()>& holds, milliseconds at_most = 3000ms) {
        for (auto end = std::chrono::steady_clock::now() + at_most;
             std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(5ms)) {
            bool yes = false;
            on_loop([&] { yes = holds(); });
            if (yes) return true;
        }
        return false;
    }

    loop::Loop loop;
    std::unique_ptr<Server> server;

  private:
    std::string folder_;
    std::thread thread_;
};

class RawClient {
  public:
    explicit RawClient(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        connected_ =
            ::connect(fd_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    bool connected() const { return connected_; }
    int fd() const { return fd_.get(); }
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto wrote = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (wrote <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(wrote));
        }
        return true;
    }
    void finish_sending() { ::shutdown(fd_.get(), SHUT_WR); }
    void hang_up() { fd_.reset(); }
    // What comes until the server closes, `until` is seen, or the time is up.
    std::string receive(std::string_view until = {}, milliseconds at_most = 3000ms) {
        auto end = std::chrono::steady_clock::now() + at_most;
        while (until.empty() || got_.find(until) == std::string::npos) {
            auto left =
                std::chrono::duration_cast<milliseconds>(end - std::chrono::steady_clock::now());
            pollfd probe{fd_.get(), POLLIN, 0};
            if (left <= 0ms || ::poll(&probe, 1, static_cast<int>(left.count())) <= 0) break;
            char room[4096];
            auto size = ::recv(fd_.get(), room, sizeof room, 0);
            closed_ = size <= 0;
            if (closed_) break;
            got_.append(room, static_cast<std::size_t>(size));
        }
        return std::exchange(got_, {});
    }
    bool closed_by_server() const { return closed_; }

  private:
    Fd fd_;
    bool connected_ = false;
    bool closed_ = false;
    std::string got_;
};

inline std::string ask(Served& served, std::string_view request) {
    RawClient client(served.path());
    client.send(request);
    client.finish_sending();
    return client.receive();
}

inline std::string get(std::string_view target, std::string_view headers = {}) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: seals\r\n" + std::string(headers) +
           "\r\n";
}

inline std::string post(std::string_view target, std::string_view body,
                        std::string_view headers = {}) {
    return "POST " + std::string(target) +
           " HTTP/1.1\r\nHost: seals\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(headers) + "\r\n" + std::string(body);
}

}  // namespace seals::api
