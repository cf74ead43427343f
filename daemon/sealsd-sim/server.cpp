#include "server.hpp"

#include <sys/socket.h>

#include "helper/codec.hpp"
#include "verbs.hpp"

namespace seals::simd {
namespace {

using helper::Frame;
using helper::SimFrame;
using helper::SimStatus;

constexpr std::size_t kMostClients = 200;
constexpr std::size_t kMostSlow = 64;

bool send(helper::FrameStream& stream, SimFrame kind, ByteView payload) {
    return stream.send(static_cast<std::uint8_t>(kind), payload);
}
Bytes one_byte(SimStatus status) {
    return {static_cast<std::uint8_t>(status)};
}

}  // namespace

Server::Server(loop::Loop& loop, Cabinet& cabinet, Fd listener)
    : loop_(loop), cabinet_(cabinet), listener_(std::move(listener)) {
    accepting_ = loop_.readable(listener_.get(), [this] { accept(); });
}

void Server::accept() {
    Fd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket || clients_.size() >= kMostClients) return;
    clients_.emplace_front();
    auto place = clients_.begin();
    helper::FrameStream::Calls calls{[this, place](const Frame& frame) {
                                         if (!take(*place, frame)) drop(place);
                                     },
                                     [this, place] { drop(place); }};
    place->stream = std::make_unique<helper::FrameStream>(
        loop_, std::move(socket), std::move(calls), helper::FrameStream::Limits{});
}

void Server::drop(Place place) {
    clients_.erase(place);
}

bool Server::take(Client& client, const Frame& frame) {
    switch (static_cast<SimFrame>(frame.kind)) {
        case SimFrame::contact_follow:
            client.follows_contacts = true;
            return send(*client.stream, SimFrame::contacts,
                        helper::encode_contacts(cabinet_.open_doors()));
        case SimFrame::clock_follow:
            client.follows_clock = true;
            return send(*client.stream, SimFrame::clock_is, encode(cabinet_.clock()));
        case SimFrame::enrol: {
            auto tag = helper::decode_tag(frame.payload);
            return tag && send(*client.stream, SimFrame::enrolled, one_byte(cabinet_.enrol(*tag)));
        }
        case SimFrame::verb: {
            auto answer = answer_verb(cabinet_, frame.payload);
            return send(*client.stream, SimFrame::verb_answer, as_bytes(answer));
        }
        case SimFrame::apdu:
            return take_apdu(client, frame);
        default:
            return take_electronics(client, frame);
    }
}

bool Server::take_electronics(Client& client, const Frame& frame) {
    helper::PayloadReader reader(frame.payload);
    auto slot = reader.u16();
    switch (static_cast<SimFrame>(frame.kind)) {
        case SimFrame::line_set: {
            bool active = reader.u8() != 0;
            if (!reader.done()) return false;
            return send(*client.stream, SimFrame::line_is, encode(cabinet_.set_line(slot, active)));
        }
        case SimFrame::presence:
            return reader.done() &&
                   send(*client.stream, SimFrame::presence_is, encode(cabinet_.presence(slot)));
        case SimFrame::relatch:
            return reader.done() &&
                   send(*client.stream, SimFrame::relatched, one_byte(cabinet_.relatch(slot)));
        default:
            return false;
    }
}

bool Server::take_apdu(Client& client, const Frame& frame) {
    if (frame.payload.size() < 2) return false;
    helper::PayloadReader reader(frame.payload);
    auto slot = reader.u16();
    auto reply = cabinet_.transmit(slot, reader.rest());
    if (reply.never) return true;
    if (reply.after.count() == 0)
        return send(*client.stream, SimFrame::apdu_answer, encode(reply.answer));
    if (client.slow.size() >= kMostSlow) return false;
    auto number = next_slow_++;
    client.slow[number] =
        loop_.after(reply.after, [&client, number, answer = encode(reply.answer)] {
            client.slow.erase(number);
            send(*client.stream, SimFrame::apdu_answer, answer);
        });
    return true;
}

void Server::tell(helper::SimEdge edge) {
    auto payload = encode(edge);
    for (auto& client : clients_)
        if (client.follows_contacts) send(*client.stream, SimFrame::contact_edge, payload);
}

void Server::tell(helper::SimClock clock) {
    auto payload = encode(clock);
    for (auto& client : clients_)
        if (client.follows_clock) send(*client.stream, SimFrame::clock_is, payload);
}

}  // namespace seals::simd
