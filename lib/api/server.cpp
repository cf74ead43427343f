#include "api/server.hpp"

#include <exception>
#include <utility>

#include <unistd.h>

#include "api/problem.hpp"
#include "base/log.hpp"
#include "http/listen.hpp"
#include "loop/inherited.hpp"

namespace seals::api {
namespace {

constexpr std::size_t kSurplus = 64;  // connections over the cap that still get an answer

std::vector<Row> rows_of(const std::vector<Route>& routes) {
    std::vector<Row> rows;
    for (const auto& route : routes)
        rows.push_back(route.row);
    return rows;
}

http::Response busy(std::size_t most) {
    return problem_response(unavailable("more than " + std::to_string(most) + " connections",
                                        "close some, or try again in a moment"),
                            0);
}

}  // namespace

Result<std::unique_ptr<Server>> Server::open(loop::Loop& loop, ServerOptions options, Roles roles,
                                             std::vector<Route> routes) {
    auto fd = Result<Fd>(loop::inherited_socket(options.path));
    bool inherited = static_cast<bool>(*fd);
    if (!inherited) fd = http::listen_at(options.path, options.mode, options.group);
    if (!fd) return fd.error();
    std::unique_ptr<Server> server(
        new Server(loop, std::move(options), std::move(roles), std::move(routes), std::move(*fd)));
    server->inherited_ = inherited;
    return server;
}

Server::Server(loop::Loop& loop, ServerOptions options, Roles roles, std::vector<Route> routes,
               Fd fd)
    : options_(std::move(options)),
      roles_(std::move(roles)),
      rows_(rows_of(routes)),
      router_(rows_),
      server_(loop, std::move(fd), {options_.connections, kSurplus, options_.limits},
              {[this](const std::shared_ptr<http::Connection>& connection,
                      const http::Message& message) { on_request(connection, message); },
               [](const http::Fault& fault) {
                   return problem_response(code_of_http(fault.status, fault.detail), fault.status);
               },
               busy(options_.connections),
               [this](const http::Connection& connection, int client) {
                   return admit(connection, client);
               },
               [this](const http::Connection& connection) { peers_.erase(&connection); }}) {
    for (auto& route : routes)
        handlers_.push_back(std::move(route.handle));
}

Server::~Server() {
    if (!inherited_) ::unlink(options_.path.c_str());
}

bool Server::admit(const http::Connection& connection, int fd) {
    auto peer = peer_of(fd);
    if (!peer) {
        log(Priority::error, "api", "a peer cannot be known", {{"why", peer.error().detail}});
        return false;
    }
    peers_[&connection] = std::move(*peer);
    return true;
}

void Server::on_request(const std::shared_ptr<http::Connection>& connection,
                        const http::Message& message) {
    const auto& peer = peers_.at(connection.get());
    auto bound = bind_request(message, router_, rows_, identify(peer, roles_));
    if (auto* refusal = std::get_if<Refusal>(&bound))
        return connection->respond(
            problem_response(refusal->error, refusal->status, std::move(refusal->allow)));
    auto& [row, request] = std::get<Bound>(bound);
    Responder responder(connection->exchange());
    try {
        handlers_[row](std::move(request), std::move(responder));
    } catch (const std::exception& fault) {  // a responder that unwinds has answered 500
        log(Priority::error, "api", "a handler threw",
            {{"route", rows_[row].pattern}, {"what", fault.what()}});
    }
}

}  // namespace seals::api
