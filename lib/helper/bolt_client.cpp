// sealsd's end of bolt.sock.
#include <algorithm>

#include "base/log.hpp"
#include "helper/bolt.hpp"
#include "helper/stream.hpp"
#include "loop/system_clock.hpp"

namespace seals::helper {
namespace {

UnlockOutcome refused(Refusal reason) {
    return {UnlockOutcome::Kind::refused, 0, reason};
}

}  // namespace

BoltClient::BoltClient(loop::Loop& loop, std::string path)
    : loop_(loop),
      dialer_(std::make_unique<Dialer>(loop, std::move(path),
                                       Dialer::Calls{[this](const Frame& frame) { take(frame); },
                                                     [this](bool up) { take_link(up); }})) {}

BoltClient::~BoltClient() = default;

bool BoltClient::up() const {
    return dialer_->up();
}

void BoltClient::unlock(const UnlockOrder& order, std::function<void(UnlockOutcome)> done) {
    auto answer_now = [&](Refusal reason) {
        loop_.post([done = std::move(done), reason] { done(refused(reason)); });
    };
    if (pending_.contains(order.nonce)) return answer_now(Refusal::repeated);
    if (!dialer_->send(static_cast<std::uint8_t>(BoltFrame::unlock), encode(order)))
        return answer_now(Refusal::no_link);
    auto wait = std::clamp(milliseconds(order.not_after_ms - loop::boottime_ms()), milliseconds(0),
                           kMostAhead);
    auto timer = loop_.after(wait + kAnswerMargin,
                             [this, nonce = order.nonce] { settle(nonce, UnlockOutcome{}); });
    pending_.emplace(order.nonce, Pending{std::move(done), std::move(timer)});
}

void BoltClient::all_idle() {
    if (!dialer_->send(static_cast<std::uint8_t>(BoltFrame::all_idle), Bytes{}))
        log(Priority::warning, "bolt", "lines were not told to idle: bolt is not there");
}

void BoltClient::settle(const Nonce& nonce, UnlockOutcome outcome) {
    auto found = pending_.find(nonce);
    if (found == pending_.end()) {
        log(Priority::warning, "bolt", "an answer came after its outcome was given up",
            {{"nonce", to_hex(nonce)}});
        return;
    }
    auto done = std::move(found->second.done);
    pending_.erase(found);
    done(outcome);
}

void BoltClient::take_link(bool up) {
    if (!up) {
        while (!pending_.empty())
            settle(Nonce(pending_.begin()->first), UnlockOutcome{});
        ContactSnapshot unknown{true, std::vector<DoorState>(doors_, DoorState::unknown)};
        if (contacts_) contacts_(unknown);
    }
    if (link_) link_(up);
}

bool BoltClient::take_answer(const Frame& frame) {
    switch (static_cast<BoltFrame>(frame.kind)) {
        case BoltFrame::fired: {
            auto fired = decode_fired(frame.payload);
            if (fired) settle(fired->nonce, {UnlockOutcome::Kind::fired, fired->mono_ms, {}});
            return fired.has_value();
        }
        case BoltFrame::refused: {
            auto no = decode_refused(frame.payload);
            if (no) settle(no->nonce, refused(no->reason));
            return no.has_value();
        }
        case BoltFrame::unsure: {
            auto nonce = decode_nonce(frame.payload);
            if (nonce) settle(*nonce, UnlockOutcome{});
            return nonce.has_value();
        }
        default:
            return false;
    }
}

bool BoltClient::take_news(const Frame& frame) {
    switch (static_cast<BoltFrame>(frame.kind)) {
        case BoltFrame::done: {
            auto done = decode_done(frame.payload);
            if (done && done_) done_(*done);
            return done.has_value();
        }
        case BoltFrame::contact: {
            auto edge = decode_contact(frame.payload);
            if (edge && contact_) contact_(*edge);
            return edge.has_value();
        }
        case BoltFrame::contacts: {
            auto all = decode_contacts(frame.payload);
            if (all) doors_ = all->doors.size();
            if (all && contacts_) contacts_(*all);
            return all.has_value();
        }
        default:
            return false;
    }
}

void BoltClient::take(const Frame& frame) {
    if (take_answer(frame) || take_news(frame)) return;
    log(Priority::error, "bolt", "a frame that is not of the protocol; hanging up");
    dialer_->drop();
}

}  // namespace seals::helper
