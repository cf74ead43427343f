#include "tag/tag_side.hpp"

#include <algorithm>
#include <utility>

#include "tag/apdu.hpp"

namespace seals::tag {
namespace {

Bytes status(std::uint8_t first, std::uint8_t second) {
    return {first, second};
}
Bytes native_answer(Bytes body, std::uint8_t second) {
    body.push_back(0x91);
    body.push_back(second);
    return body;
}

constexpr std::uint8_t kBadKey = 0xae, kNoKey = 0x40, kBadLength = 0x7e, kNoCommand = 0x1c,
                       kDenied = 0x9d, kBadMac = 0x1e, kBroken = 0xee;

}  // namespace

TagSide::TagSide(Bytes uid, Key key, std::uint8_t key_no, Chance chance)
    : uid_(std::move(uid)), key_(key), key_no_(key_no), chance_(std::move(chance)) {}

Bytes TagSide::answer(ByteView bytes) {
    auto command = Command::of(bytes);
    if (!command) return status(0x67, 0x00);
    if (command->cla == 0xff && command->ins == 0xca) {
        auto out = uid_;
        out.push_back(0x90);
        out.push_back(0x00);
        return out;
    }
    if (command->cla == 0x00 && command->ins == 0xa4) return select(*command);
    if (command->cla == 0x90) return native(*command);
    return status(0x6e, 0x00);
}

Bytes TagSide::select(const Command& command) {
    static const Bytes kName{0xd2, 0x76, 0x00, 0x00, 0x85, 0x01, 0x01};
    challenge_.reset();
    session_.reset();
    selected_ = command.p1 == 0x04 && std::ranges::equal(command.data, kName);
    return selected_ ? status(0x90, 0x00) : status(0x6a, 0x82);
}

Bytes TagSide::native(const Command& command) {
    if (!selected_) return native_answer({}, kDenied);
    switch (command.ins) {
        case ins::auth_first:
            return first_part(command);
        case ins::next:
            return second_part(command);
        case ins::card_uid:
            return card_uid(command);
        default:
            session_.reset();
            return native_answer({}, kNoCommand);
    }
}

Bytes TagSide::first_part(const Command& command) {
    session_.reset();
    challenge_.reset();
    if (command.data.size() < 2 || command.data.size() != 2U + command.data[1])
        return native_answer({}, kBadLength);
    if (command.data[0] != key_no_) return native_answer({}, kNoKey);
    auto rnd_b = chance_.rnd_b();
    if (!rnd_b) return native_answer({}, kBroken);
    challenge_ = *rnd_b;
    return native_answer(encrypt_cbc(key_, Block{}, *rnd_b), kMore);
}

Bytes TagSide::second_part(const Command& command) {
    auto rnd_b = std::exchange(challenge_, std::nullopt);
    if (!rnd_b) return native_answer({}, kNoCommand);
    auto theirs = decrypt_cbc(key_, Block{}, command.data);
    if (theirs.size() != 32) return native_answer({}, kBadLength);
    if (!same_bytes(ByteView(theirs).subspan(16), rotated_left(*rnd_b)))
        return native_answer({}, kBadKey);
    auto chance = chance_.ti();
    if (!chance) return native_answer({}, kBroken);
    Block rnd_a{};
    std::copy_n(theirs.begin(), rnd_a.size(), rnd_a.begin());
    Session session;
    std::copy_n(chance->begin(), session.ti.size(), session.ti.begin());
    session.keys = session_keys(key_, rnd_a, *rnd_b);
    Bytes proof(session.ti.begin(), session.ti.end());
    auto turned = rotated_left(rnd_a);
    proof.insert(proof.end(), turned.begin(), turned.end());
    proof.resize(32);  // no capabilities to tell
    session_ = session;
    return native_answer(encrypt_cbc(key_, Block{}, proof), kOk);
}

Bytes TagSide::card_uid(const Command& command) {
    if (!session_) return native_answer({}, kBadKey);
    if (!same_bytes(command.data, session_->command_mac(ins::card_uid, {}))) {
        session_.reset();
        return native_answer({}, kBadMac);
    }
    ++session_->counter;
    auto body = session_->encrypt_answer(uid_);
    auto mac = session_->answer_mac(kOk, body);
    body.insert(body.end(), mac.begin(), mac.end());
    return native_answer(std::move(body), kOk);
}

}  // namespace seals::tag
