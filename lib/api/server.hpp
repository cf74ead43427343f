// Server: the API socket. It accepts, knows the peer by the kernel's word, binds each request to a
// row of the route table and calls its handler. What is wrong with a request is answered here, as
// an RFC 9457 problem; a handler sees only requests whose path, method, role, query and JSON are in
// order. Loop thread only; destroyed, it closes every connection and removes the socket.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "api/actor.hpp"
#include "api/request.hpp"
#include "api/responder.hpp"
#include "api/router.hpp"
#include "http/server.hpp"

namespace seals::api {

using Handler = std::function<void(Request, Responder)>;

struct Route {
    Row row;
    Handler handle;
};

struct ServerOptions {
    std::string path;
    unsigned mode = 0660;
    std::string group;              // owner of the socket file; empty: left as it is
    std::size_t connections = 128;  // more are answered 503
    http::ConnectionLimits limits{};
};

class Server {
  public:
    // Takes the place of a socket that a dead process left. Code::unavailable when it cannot listen
    // there, with what to do about it.
    static Result<std::unique_ptr<Server>> open(loop::Loop& loop, ServerOptions options,
                                                Roles roles, std::vector<Route> routes);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Takes no more clients, lets those that wait for an answer have it, closes the others, then
    // calls `done`. Whoever cannot wait for slow clients destroys the server meanwhile.
    void drain(std::function<void()> done) { server_.drain(std::move(done)); }

    void set_roles(Roles roles) { roles_ = std::move(roles); }  // for the next requests
    const std::vector<Row>& rows() const { return rows_; }
    std::size_t connections() const { return server_.connections(); }

  private:
    Server(loop::Loop& loop, ServerOptions options, Roles roles, std::vector<Route> routes, Fd fd);
    bool admit(const http::Connection& connection, int fd);
    void on_request(const std::shared_ptr<http::Connection>& connection,
                    const http::Message& message);

    ServerOptions options_;
    Roles roles_;
    std::vector<Row> rows_;
    std::vector<Handler> handlers_;
    Router router_;
    bool inherited_ = false;  // the socket file is systemd's
    std::unordered_map<const http::Connection*, Peer> peers_;
    http::Server server_;
};

}  // namespace seals::api
