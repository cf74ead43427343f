// Server: a listening socket and the connections that came of it. It caps them, keeps their
// deadlines and hands requests on; what a request means it does not know. Loop thread only;
// destroyed, it closes every connection.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <unordered_map>

#include "base/fd.hpp"
#include "http/connection.hpp"
#include "loop/loop.hpp"

namespace seals::http {

struct ServerLimits {
    std::size_t connections = 64;  // more are answered `busy`
    std::size_t surplus = 16;      // over the cap that still get that answer
    ConnectionLimits connection{};
};

class Server {
  public:
    struct Owner {
        std::function<void(const std::shared_ptr<Connection>&, Message)> on_request;
        std::function<Response(const Fault&)> on_fault;
        Response busy;
        std::function<bool(const Connection&, int fd)> on_accept{};  // false: it is not let in
        std::function<void(const Connection&)> on_closed{};
    };

    Server(loop::Loop& loop, Fd listening, ServerLimits limits, Owner owner);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Takes no more clients, lets those that wait for an answer have it, then calls `done`.
    void drain(std::function<void()> done);
    std::size_t connections() const { return connections_.size(); }

  private:
    void listen();
    void accept();
    void forget(Connection& connection);
    void tell_drained();
    void tick();

    loop::Loop& loop_;
    Fd fd_;
    ServerLimits limits_;
    Owner owner_;
    Connection::Owner on_;
    std::function<void()> drained_;
    loop::Watch accepting_;
    loop::Timer pause_;
    loop::Timer ticking_;
    std::unordered_map<const Connection*, std::shared_ptr<Connection>> connections_;
};

}  // namespace seals::http
