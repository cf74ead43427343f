#include "api/server.hpp"

#include <cerrno>
#include <cstring>
#include <exception>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include "api/problem.hpp"
#include "base/log.hpp"
#include "http/listen.hpp"
#include "loop/inherited.hpp"
#include "loop/system_clock.hpp"

namespace seals::api {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kRefusedAtOnce = 64;  // connections over the cap that still get an answer
constexpr auto kTick = 500ms;

std::vector<Row> rows_of(const std::vector<Route>& routes) {
    std::vector<Row> rows;
    for (const auto& route : routes)
        rows.push_back(route.row);
    return rows;
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
    server->listen();
    return server;
}

Server::Server(loop::Loop& loop, ServerOptions options, Roles roles, std::vector<Route> routes,
               Fd fd)
    : loop_(loop),
      options_(std::move(options)),
      roles_(std::move(roles)),
      rows_(rows_of(routes)),
      router_(rows_),
      fd_(std::move(fd)) {
    for (auto& route : routes)
        handlers_.push_back(std::move(route.handle));
    owner_.on_request = [this](const std::shared_ptr<http::Connection>& connection,
                               const http::Message& message) { on_request(connection, message); };
    owner_.on_fault = [](const http::Fault& fault) {
        return problem_response(code_of_http(fault.status, fault.detail), fault.status);
    };
    owner_.on_closed = [this](http::Connection& connection) { forget(connection); };
}

void Server::drain(std::function<void()> done) {
    accepting_ = {};
    pause_ = {};
    drained_ = std::move(done);
    auto all = connections_;  // closing forgets
    for (auto& [key, client] : all)
        if (client.connection->owes_answer())
            client.connection->close_after_reply();
        else
            client.connection->close();
    if (connections_.empty()) tell_drained();
}

void Server::tell_drained() {
    if (drained_) loop_.post(std::exchange(drained_, nullptr));
}

Server::~Server() {
    accepting_ = {};
    if (!inherited_) ::unlink(options_.path.c_str());
    auto all = std::move(connections_);
    connections_.clear();
    for (auto& [key, client] : all)
        client.connection->close();
}

void Server::listen() {
    accepting_ = loop_.readable(fd_.get(), [this] { accept(); });
}

void Server::accept() {
    Fd fd{::accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    if (!fd) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS)
            pause_accepting();
        return;
    }
    if (connections_.size() >= options_.connections + kRefusedAtOnce) return;  // closes it
    auto peer = peer_of(fd.get());
    if (!peer) {
        log(Priority::error, "api", "a peer cannot be known", {{"why", peer.error().detail}});
        return;
    }
    auto connection =
        std::make_shared<http::Connection>(loop_, std::move(fd), options_.limits, owner_);
    if (connections_.size() >= options_.connections) connection->mark_surplus();
    connections_.emplace(connection.get(), Client{connection, std::move(*peer)});
    if (!ticking_) ticking_ = loop_.every(kTick, [this] { tick(); });
    connection->start();
}

// Out of descriptors: the client stays in the backlog, so ask again later instead of spinning.
void Server::pause_accepting() {
    log(Priority::warning, "api", "cannot accept", {{"why", std::strerror(errno)}});
    accepting_ = {};
    pause_ = loop_.after(200ms, [this] { listen(); });
}

void Server::on_request(const std::shared_ptr<http::Connection>& connection,
                        const http::Message& message) {
    if (connection->surplus()) {
        connection->close_after_reply();
        return connection->respond(problem_response(
            unavailable("more than " + std::to_string(options_.connections) + " connections",
                        "close some, or try again in a moment"),
            0));
    }
    const auto& peer = connections_.at(connection.get()).peer;
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

void Server::forget(http::Connection& connection) {
    connections_.erase(&connection);
    if (!connections_.empty()) return;
    ticking_ = {};
    tell_drained();
}

void Server::tick() {
    auto now = loop::boottime_ms();
    auto all = connections_;  // a tick may close, and so forget, a connection
    for (auto& [key, client] : all)
        client.connection->tick(now);
}

}  // namespace seals::api
