#include "hardware/sim/cabinet.hpp"

#include <utility>

#include "helper/codec.hpp"
#include "helper/stream.hpp"

namespace seals::sim {
namespace {

using helper::Frame;
using helper::SimFrame;
using helper::SimStatus;

Error not_there() {
    return unavailable("the simulated cabinet is not there", "start sealsd-sim on this directory");
}

Status judged(const Result<Frame>& frame) {
    if (!frame) return frame.error();
    if (frame->payload.size() != 1) return internal("a broken frame of the simulated cabinet");
    if (frame->payload[0] == static_cast<std::uint8_t>(SimStatus::no_slot))
        return Error{Code::not_found, "the simulated cabinet has no such slot"};
    return {};
}

}  // namespace

Cabinet::Cabinet(loop::Loop& loop, std::string path)
    : loop_(loop),
      dialer_(std::make_unique<helper::Dialer>(
          loop, std::move(path),
          helper::Dialer::Calls{[this](Frame frame) { take(std::move(frame)); },
                                [this](bool up) { take_link(up); }})) {}

Cabinet::~Cabinet() = default;

bool Cabinet::up() const {
    return dialer_->up();
}

void Cabinet::ask(SimFrame kind, ByteView payload, SimFrame answer, Done done) {
    if (dialer_->send(static_cast<std::uint8_t>(kind), payload)) {
        open_.push_back({static_cast<std::uint8_t>(answer), std::move(done)});
        return;
    }
    loop_.post([done = std::move(done)] { done(not_there()); });
}

void Cabinet::enrol(const helper::SimTag& tag, std::function<void(Status)> done) {
    ask(SimFrame::enrol, encode(tag), SimFrame::enrolled,
        [done = std::move(done)](const Result<Frame>& frame) { done(judged(frame)); });
}

void Cabinet::relatch(SlotNo slot, std::function<void(Status)> done) {
    ask(SimFrame::relatch, helper::PayloadWriter().u16(slot).take(), SimFrame::relatched,
        [done = std::move(done)](const Result<Frame>& frame) { done(judged(frame)); });
}

void Cabinet::verb(const std::string& verb, const std::vector<std::string>& args,
                   std::function<void(Result<Value>)> done) {
    auto question = helper::encode_verb(verb, args);
    ask(SimFrame::verb, as_bytes(question), SimFrame::verb_answer,
        [done = std::move(done)](const Result<Frame>& frame) {
            done(frame ? helper::decode_verb_answer(frame->payload) : Result<Value>(frame.error()));
        });
}

void Cabinet::take(Frame frame) {
    if (frame.kind == static_cast<std::uint8_t>(SimFrame::clock_is)) {
        if (auto clock = helper::decode_clock(frame.payload); clock && clock_) clock_(*clock);
        return;
    }
    if (open_.empty() || open_.front().answer != frame.kind) return dialer_->drop();
    auto done = std::move(open_.front().done);
    open_.pop_front();
    done(std::move(frame));
}

void Cabinet::take_link(bool up) {
    if (up) dialer_->send(static_cast<std::uint8_t>(SimFrame::clock_follow), {});
    auto lost = up ? std::deque<Question>{} : std::exchange(open_, {});
    for (auto& question : lost)
        question.done(not_there());
    if (link_) link_(up);
}

}  // namespace seals::sim
