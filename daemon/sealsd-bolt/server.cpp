#include "server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include "base/log.hpp"

namespace seals::bolt {
namespace {

using helper::BoltFrame;

constexpr std::size_t kQueueBytes = 32U << 10;
constexpr std::size_t kRoomForAnswers = 16U << 10;  // edges stop when only this is left
constexpr milliseconds kCatchUp{50};

}  // namespace

Server::Server(loop::Loop& loop, Fd listener, std::optional<uid_t> peer, Calls calls)
    : loop_(loop), listener_(std::move(listener)), peer_(peer), calls_(std::move(calls)) {
    accepting_ = loop_.readable(listener_.get(), [this] { accept(); });
}

bool Server::may(int socket) const {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
    return peer.uid == ::geteuid() || peer.uid == peer_;
}

void Server::accept() {
    Fd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) return;
    if (!may(socket.get())) {
        log(Priority::warning, "bolt", "sent a peer away that is not sealsd");
        return;
    }
    if (client_ && helper::hung_up(client_->fd())) hang_up();
    if (client_) {
        log(Priority::warning, "bolt", "sent a second client away");
        return;
    }
    client_ = std::make_unique<helper::FrameStream>(
        loop_, std::move(socket),
        helper::FrameStream::Calls{[this](const helper::Frame& frame) { take(frame); },
                                   [this] { hang_up(); }},
        helper::FrameStream::Limits{helper::kBoltFrameBytes, kQueueBytes,
                                    helper::AtHangUp::discard});
    tell_all_doors(false);
}

void Server::hang_up() {
    if (!client_) return;
    client_.reset();
    behind_ = {};
    calls_.hung_up();
}

void Server::take(const helper::Frame& frame) {
    if (frame.kind == static_cast<std::uint8_t>(BoltFrame::all_idle) && frame.payload.empty())
        return calls_.all_idle();
    auto order = helper::decode_unlock(frame.payload);
    if (frame.kind == static_cast<std::uint8_t>(BoltFrame::unlock) && order)
        return calls_.unlock(*order);
    log(Priority::error, "bolt", "hung up on a client that does not keep to the protocol");
    hang_up();
}

void Server::send(BoltFrame kind, const Bytes& payload) {
    if (!client_ || client_->send(static_cast<std::uint8_t>(kind), payload)) return;
    log(Priority::error, "bolt", "hung up on a client that does not read its answers");
    loop_.post([this] { hang_up(); });  // not from within a frame's call
}

void Server::tell(helper::ContactEdge edge) {
    if (!client_ || behind_) return;
    if (client_->waiting() < kQueueBytes - kRoomForAnswers)
        return send(BoltFrame::contact, encode(edge));
    log(Priority::warning, "bolt", "the client is slow: door edges are dropped");
    behind_ = loop_.every(kCatchUp, [this] { catch_up(); });
}

void Server::catch_up() {
    if (client_->waiting() > 0) return;
    behind_ = {};
    tell_all_doors(true);
}

void Server::tell_all_doors(bool resync) {
    if (behind_) return;  // catch_up() tells
    send(BoltFrame::contacts, encode(helper::ContactSnapshot{resync, calls_.doors()}));
}

}  // namespace seals::bolt
