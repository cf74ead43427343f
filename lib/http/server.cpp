#include "http/server.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <sys/socket.h>

#include "base/log.hpp"
#include "loop/system_clock.hpp"

namespace seals::http {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 500ms;

}  // namespace

Server::Server(loop::Loop& loop, Fd listening, ServerLimits limits, Owner owner)
    : loop_(loop), fd_(std::move(listening)), limits_(limits), owner_(std::move(owner)) {
    on_.on_request = [this](const std::shared_ptr<Connection>& connection, Message message) {
        if (!connection->surplus()) return owner_.on_request(connection, std::move(message));
        connection->close_after_reply();
        connection->respond(owner_.busy);
    };
    on_.on_fault = owner_.on_fault;
    on_.on_closed = [this](Connection& connection) { forget(connection); };
    listen();
}

Server::~Server() {
    accepting_ = {};
    auto all = std::move(connections_);
    connections_.clear();
    for (auto& [key, connection] : all)
        connection->close();
}

void Server::listen() {
    accepting_ = loop_.readable(fd_.get(), [this] { accept(); });
}

void Server::accept() {
    Fd fd{::accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    if (!fd) {
        if (errno != EMFILE && errno != ENFILE && errno != ENOMEM && errno != ENOBUFS) return;
        // The client stays in the backlog: ask again later instead of spinning.
        log(Priority::warning, "http", "cannot accept", {{"why", std::strerror(errno)}});
        accepting_ = {};
        pause_ = loop_.after(200ms, [this] { listen(); });
        return;
    }
    if (connections_.size() >= limits_.connections + limits_.surplus) return;  // closes it
    auto connection = std::make_shared<Connection>(loop_, std::move(fd), limits_.connection, on_);
    if (owner_.on_accept && !owner_.on_accept(*connection, connection->descriptor())) return;
    if (connections_.size() >= limits_.connections) connection->mark_surplus();
    connections_.emplace(connection.get(), connection);
    if (!ticking_) ticking_ = loop_.every(kTick, [this] { tick(); });
    connection->start();
}

void Server::drain(std::function<void()> done) {
    accepting_ = {};
    pause_ = {};
    drained_ = std::move(done);
    auto all = connections_;  // closing forgets
    for (auto& [key, connection] : all)
        if (connection->owes_answer())
            connection->close_after_reply();
        else
            connection->close();
    if (connections_.empty()) tell_drained();
}

void Server::tell_drained() {
    if (drained_) loop_.post(std::exchange(drained_, nullptr));
}

void Server::forget(Connection& connection) {
    if (owner_.on_closed) owner_.on_closed(connection);
    connections_.erase(&connection);
    if (!connections_.empty()) return;
    ticking_ = {};
    tell_drained();
}

void Server::tick() {
    auto now = loop::boottime_ms();
    auto all = connections_;  // a tick may close, and so forget, a connection
    for (auto& [key, connection] : all)
        connection->tick(now);
}

}  // namespace seals::http
