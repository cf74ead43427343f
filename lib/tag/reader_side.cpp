#include "tag/reader_side.hpp"

#include <algorithm>

#include "tag/apdu.hpp"

namespace seals::tag {
namespace {

constexpr std::uint16_t native_status(std::uint8_t second) {
    return static_cast<std::uint16_t>(0x9100 | second);
}

Fault fault_of(const Error& error) {
    if (error.code == Code::not_found) return Fault::vanished;
    return error.code == Code::timeout ? Fault::no_answer : Fault::no_reader;
}

// What a refusal says. Only the clear words count against the tag: a bad contact garbles too.
Fault fault_of_status(std::uint16_t status) {
    switch (status) {
        case 0x91ae:
            return Fault::wrong_key;
        case 0x9140:
            return Fault::no_such_key;
        case 0x91ad:
            return Fault::delayed;
        case 0x919d:
            return Fault::locked;
        case 0x911c:  // no such command
        case 0x6d00:
        case 0x6e00:
        case 0x6a82:
            return Fault::no_application;
        default:
            return Fault::bad_status;
    }
}

Block block_of(ByteView run) {
    Block out{};
    std::copy_n(run.begin(), std::min(run.size(), out.size()), out.begin());
    return out;
}

// The tag's proof: TI, our own random block turned by one byte, and the capabilities.
Authenticated judge_proof(ByteView cipher, const Key& key, const Block& rnd_a, const Block& rnd_b) {
    auto proof = decrypt_cbc(key, Block{}, cipher);
    if (proof.size() != 32) return {Fault::wrong_answer, {}};
    if (!same_bytes(ByteView(proof).subspan(4, 16), rotated_left(rnd_a)))
        return {Fault::wrong_answer, {}};
    Authenticated out;
    std::copy_n(proof.begin(), 4, out.session.ti.begin());
    out.session.keys = session_keys(key, rnd_a, rnd_b);
    return out;
}

}  // namespace

Exchange ask_tag(const Transmit& transmit, ByteView apdu) {
    auto bytes = transmit(apdu);
    if (!bytes) return {fault_of(bytes.error())};
    if (bytes->empty()) return {Fault::no_bytes};
    if (bytes->size() > kAnswerBytes) return {Fault::too_long};
    auto answer = Answer::of(*bytes);
    if (!answer) return {Fault::bad_length};
    return {Fault::none, answer->status, to_bytes(answer->body)};
}

Authenticated authenticate(const Transmit& transmit, std::uint8_t key_no, const Key& key,
                           const Block& rnd_a) {
    const Bytes start{key_no, 0x00};  // no capabilities of ours
    auto first = ask_tag(transmit, apdu::native(ins::auth_first, start));
    if (first.fault != Fault::none) return {first.fault, {}};
    if (first.status != native_status(kMore)) return {fault_of_status(first.status), {}};
    if (first.body.size() != 16) return {Fault::bad_length, {}};
    auto challenge = decrypt_cbc(key, Block{}, first.body);
    if (challenge.size() != 16) return {Fault::wrong_answer, {}};
    auto rnd_b = block_of(challenge);

    Bytes ours(rnd_a.begin(), rnd_a.end());
    auto turned = rotated_left(rnd_b);
    ours.insert(ours.end(), turned.begin(), turned.end());
    auto cipher = encrypt_cbc(key, Block{}, ours);
    auto second = ask_tag(transmit, apdu::native(ins::next, cipher));
    if (second.fault != Fault::none) return {second.fault, {}};
    if (second.status != native_status(kOk)) return {fault_of_status(second.status), {}};
    if (second.body.size() != 32) return {Fault::bad_length, {}};
    return judge_proof(second.body, key, rnd_a, rnd_b);
}

CardUid card_uid(const Transmit& transmit, Session& session) {
    auto ours = session.command_mac(ins::card_uid, {});
    auto answer = ask_tag(transmit, apdu::native(ins::card_uid, ours));
    if (answer.fault != Fault::none) return {answer.fault, {}};
    if (answer.status != native_status(kOk)) return {Fault::bad_status, {}};
    if (answer.body.size() != 24) return {Fault::bad_length, {}};
    ++session.counter;
    auto cipher = ByteView(answer.body).first(16);
    auto theirs = ByteView(answer.body).subspan(16);
    if (!same_bytes(session.answer_mac(kOk, cipher), theirs)) return {Fault::wrong_mac, {}};
    auto uid = session.decrypt_answer(cipher);
    if (uid.empty()) return {Fault::wrong_mac, {}};
    return {Fault::none, std::move(uid)};
}

}  // namespace seals::tag
