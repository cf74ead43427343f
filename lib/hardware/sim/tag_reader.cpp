#include "hardware/sim/tag_reader.hpp"

#include "helper/codec.hpp"
#include "helper/sim.hpp"
#include "helper/stream.hpp"

namespace seals::sim {
namespace {

using helper::SimFrame;
using helper::SimStatus;

Status judged(SimStatus status, SlotNo slot) {
    auto where = "slot " + std::to_string(slot);
    switch (status) {
        case SimStatus::ok:
            return {};
        case SimStatus::no_tag:
            return Error{Code::not_found, where + " holds no tag"};
        case SimStatus::no_slot:
            return Error{Code::unavailable, where + " has no reader"};
        case SimStatus::reader_gone:
            break;
    }
    return Error{Code::unavailable, "the reader of " + where + " is gone"};
}

constexpr std::uint8_t byte_of(SimFrame kind) {
    return static_cast<std::uint8_t>(kind);
}

}  // namespace

Result<helper::Frame> TagReader::ask(std::uint8_t kind, ByteView payload, std::uint8_t answer,
                                     Deadline deadline) {
    if (!socket_ || helper::hung_up(socket_.get())) {
        auto socket = helper::connect_unix(path_);
        if (!socket) return socket.error();
        socket_ = std::move(*socket);
    }
    auto sent = helper::write_frame(socket_.get(), kind, payload, deadline);
    auto got = sent ? helper::read_frame(socket_.get(), deadline) : sent.error();
    if (got && *got && (*got)->frame.kind == answer) return std::move((*got)->frame);
    socket_.reset();  // an answer may still come: it must not be taken for the next one's
    if (!got) return got.error();
    return unavailable("the simulated readers hung up");
}

Result<Bytes> TagReader::transmit(SlotNo slot, ByteView apdu, Deadline deadline) {
    auto payload = helper::PayloadWriter().u16(slot).bytes(apdu).take();
    auto frame = ask(byte_of(SimFrame::apdu), payload, byte_of(SimFrame::apdu_answer), deadline);
    if (!frame) return frame.error();
    auto answer = helper::decode_answer(frame->payload);
    if (!answer) return internal("a broken answer frame of the simulated reader");
    if (auto status = judged(answer->status, slot); !status) return status.error();
    return std::move(answer->bytes);
}

Result<bool> TagReader::present(SlotNo slot, Deadline deadline) {
    auto payload = helper::PayloadWriter().u16(slot).take();
    auto frame =
        ask(byte_of(SimFrame::presence), payload, byte_of(SimFrame::presence_is), deadline);
    if (!frame) return frame.error();
    auto answer = helper::decode_answer(frame->payload);
    if (!answer || answer->bytes.size() != 1)
        return internal("a broken answer frame of the simulated reader");
    if (auto status = judged(answer->status, slot); !status) return status.error();
    return answer->bytes[0] != 0;
}

}  // namespace seals::sim
