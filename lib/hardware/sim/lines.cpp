#include "hardware/sim/lines.hpp"

#include "helper/codec.hpp"
#include "helper/sim.hpp"
#include "helper/stream.hpp"

namespace seals::sim {
namespace {

using hardware::Door;
using helper::SimFrame;

constexpr milliseconds kLineWait{100};

}  // namespace

Result<helper::Frame> Locks::ask(SlotNo slot, bool active) {
    auto deadline = helper::deadline_in(kLineWait);
    if (!socket_ || helper::hung_up(socket_.get())) {
        auto socket = helper::connect_unix(path_);
        if (!socket) return socket.error();
        socket_ = std::move(*socket);
    }
    auto payload = helper::PayloadWriter().u16(slot).u8(active ? 1 : 0).take();
    auto sent = helper::write_frame(socket_.get(), static_cast<std::uint8_t>(SimFrame::line_set),
                                    payload, deadline);
    if (!sent)
        return Error{Code::timeout, "the line's frame was not taken: " + sent.error().detail};
    auto got = helper::read_frame(socket_.get(), deadline);
    if (!got) return Error{Code::timeout, "the line did not confirm: " + got.error().detail};
    if (!*got) return Error{Code::timeout, "the lines went away before they confirmed"};
    return std::move((*got)->frame);
}

Result<std::int64_t> Locks::set(SlotNo slot, bool active) {
    auto frame = ask(slot, active);
    auto line = frame && frame->kind == static_cast<std::uint8_t>(SimFrame::line_is)
                    ? helper::decode_line(frame->payload)
                    : std::nullopt;
    if (frame && line && line->slot == slot && line->status == helper::SimStatus::no_slot)
        return Error{Code::not_found, "there is no line for slot " + std::to_string(slot)};
    if (frame && line && line->slot == slot && line->active == active) return line->mono_ms;
    socket_.reset();  // out of step: the next call begins anew
    if (!frame) return frame.error();
    return Error{Code::timeout, "the line confirmed something else"};
}

Result<std::int64_t> Locks::energise(SlotNo slot) {
    return set(slot, true);
}

Status Locks::idle(SlotNo slot) {
    auto line = set(slot, false);
    if (!line) return line.error();
    return {};
}

Contacts::Contacts(loop::Loop& loop, std::string path, SlotNo slots)
    : slots_(slots),
      dialer_(std::make_unique<helper::Dialer>(
          loop, std::move(path),
          helper::Dialer::Calls{[this](const helper::Frame& frame) { take(frame); },
                                [this](bool up) { take_link(up); }})) {}

Contacts::~Contacts() = default;

void Contacts::take_link(bool up) {
    if (up) {
        dialer_->send(static_cast<std::uint8_t>(SimFrame::contact_follow), {});
        return;
    }
    if (snapshot_) snapshot_(std::vector<Door>(slots_, Door::unknown));
}

void Contacts::take(const helper::Frame& frame) {
    if (frame.kind == static_cast<std::uint8_t>(SimFrame::contact_edge)) {
        auto edge = helper::decode_edge(frame.payload);
        if (!edge || edge->slot == 0 || edge->slot > slots_) return;
        if (edge_) edge_({edge->slot, edge->open ? Door::open : Door::shut, edge->mono_ms});
        return;
    }
    auto open = helper::decode_contacts_open(frame.payload);
    if (frame.kind != static_cast<std::uint8_t>(SimFrame::contacts) || !open)
        return dialer_->drop();
    std::vector<Door> doors(slots_, Door::unknown);  // a slot the cabinet does not have stays so
    for (std::size_t i = 0; i < doors.size() && i < open->size(); ++i)
        doors[i] = (*open)[i] ? Door::open : Door::shut;
    if (snapshot_) snapshot_(doors);
}

}  // namespace seals::sim
