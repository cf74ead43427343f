#include "readers.hpp"

#include "base/log.hpp"

namespace seals::sealsd {
namespace {

rules::TagReading reading_of(const tag::Reading& reading) {
    rules::TagReading out;
    using Kind = rules::TagReading::Kind;
    switch (reading.found) {
        case tag::Found::absent:
            out.kind = Kind::absent;
            break;
        case tag::Found::authentic:
            out.kind = Kind::authentic;
            break;
        case tag::Found::failed:
            out.kind = Kind::failed;
            break;
        case tag::Found::foreign:
            out.kind = Kind::foreign;
            break;
        case tag::Found::unreadable:
            out.kind = Kind::unreadable;
            break;
    }
    if (out.kind == Kind::authentic) out.seal = reading.seal;
    out.uid = to_hex(reading.uid);
    if (reading.fault != tag::Fault::none) out.reason = tag::name_of(reading.fault);
    return out;
}

}  // namespace

Reader::Reader(loop::Loop& loop, std::string name, MakeReader make)
    : loop_(loop), name_(std::move(name)), make_(std::move(make)) {
    start();
}

void Reader::start() {
    reader_ = make_();
    worker_ = std::make_unique<loop::Worker>(loop_, "tag-" + name_);
}

void Reader::read(SlotNo slot, std::function<void(rules::TagReading)> done) {
    questions_.push_back({slot, std::move(done)});
    if (questions_.size() == 1) next();
}

void Reader::next() {
    auto slot = questions_.front().slot;
    auto turn = ++turn_;
    watchdog_ = loop_.after(kStuck, [this, turn] { give_up(turn); });
    worker_->submit([this, turn, slot, reader = reader_, keyring = keyring_]() -> loop::Reply {
        auto began = std::chrono::steady_clock::now();
        auto deadline = began + kDeadline;
        auto present = reader->present(slot, deadline);
        tag::Reading reading;
        if (present && !*present) {
            reading.found = tag::Found::absent;
        } else if (!present) {
            reading.fault = present.error().code == Code::timeout ? tag::Fault::no_answer
                                                                  : tag::Fault::no_reader;
        } else {
            auto transmit = [&](ByteView apdu) { return reader->transmit(slot, apdu, deadline); };
            reading = tag::read_tag(transmit, *keyring);
        }
        auto took = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - began);
        return [this, turn, reading, took] { answer(turn, reading, took); };
    });
}

void Reader::answer(std::uint64_t turn, const tag::Reading& reading,
                    std::chrono::microseconds took) {
    if (turn != turn_ || questions_.empty()) return;
    failures_ = reading.fault == tag::Fault::no_reader ? failures_ + 1 : 0;
    watchdog_ = {};
    auto done = std::move(questions_.front().done);
    questions_.pop_front();
    if (!questions_.empty()) next();
    auto told = reading_of(reading);
    told.took = took;
    done(std::move(told));
}

void Reader::give_up(std::uint64_t turn) {
    if (turn != turn_) return;
    log(Priority::warning, "readers", "a reader does not come back; its thread is given up",
        {{"reader", name_}});
    worker_->abandon();
    start();
    tag::Reading reading;
    reading.fault = tag::Fault::no_answer;
    answer(turn, reading, kStuck);
}

}  // namespace seals::sealsd
