#include "tag/reading.hpp"

#include <array>

#include "tag/apdu.hpp"
#include "tag/reader_side.hpp"

namespace seals::tag {
namespace {

bool speaks_against_tag(Fault fault) {
    return fault >= Fault::no_application;
}

Reading ended(const Known& known, Bytes uid, Fault fault) {
    auto found = speaks_against_tag(fault) ? Found::failed : Found::unreadable;
    return {found, known.seal, fault, std::move(uid)};
}

Fault select_in(const Transmit& transmit) {
    auto answer = ask_tag(transmit, apdu::select_application());
    if (answer.fault != Fault::none) return answer.fault;
    if (answer.status == 0x9000) return Fault::none;
    bool plainly_no = answer.status == 0x6a82 || answer.status == 0x6d00 || answer.status == 0x6e00;
    return plainly_no ? Fault::no_application : Fault::bad_status;
}

Reading prove(const Transmit& transmit, const Known& known, Bytes uid, const Block& rnd_a) {
    if (auto fault = select_in(transmit); fault != Fault::none)
        return ended(known, std::move(uid), fault);
    auto proof = authenticate(transmit, known.key_no, known.key, rnd_a);
    if (proof.fault != Fault::none) return ended(known, std::move(uid), proof.fault);
    auto told = card_uid(transmit, proof.session);
    if (told.fault != Fault::none) return ended(known, std::move(uid), told.fault);
    if (told.uid != uid) return ended(known, std::move(uid), Fault::wrong_uid);
    return {Found::authentic, known.seal, Fault::none, std::move(uid)};
}

}  // namespace

Reading read_tag_with(const Transmit& transmit, const Keyring& keyring, const Block& rnd_a) {
    auto shouted = ask_tag(transmit, apdu::reader_uid());
    if (shouted.fault == Fault::vanished) return {Found::absent};
    if (shouted.fault != Fault::none) return {Found::unreadable, {}, shouted.fault};
    if (shouted.status != 0x9000) return {Found::unreadable, {}, Fault::bad_status};
    auto size = shouted.body.size();
    if (size != 4 && size != 7 && size != 10) return {Found::unreadable, {}, Fault::bad_length};
    auto known = keyring.find(shouted.body);
    if (known == keyring.end()) return {Found::foreign, {}, Fault::none, std::move(shouted.body)};
    return prove(transmit, known->second, std::move(shouted.body), rnd_a);
}

Reading read_tag(const Transmit& transmit, const Keyring& keyring) {
    auto rnd_a = random_block();
    if (!rnd_a) return {Found::unreadable, {}, Fault::no_random};
    return read_tag_with(transmit, keyring, *rnd_a);
}

std::string_view name_of(Fault fault) {
    static constexpr std::array<std::string_view, 17> kNames{
        "none",        "no_reader",  "no_answer",    "vanished",  "no_bytes",  "too_long",
        "bad_length",  "bad_status", "delayed",      "locked",    "no_random", "no_application",
        "no_such_key", "wrong_key",  "wrong_answer", "wrong_mac", "wrong_uid"};
    return kNames.at(static_cast<std::size_t>(fault));
}

std::string_view name_of(Found found) {
    static constexpr std::array<std::string_view, 5> kNames{"absent", "authentic", "failed",
                                                            "foreign", "unreadable"};
    return kNames.at(static_cast<std::size_t>(found));
}

}  // namespace seals::tag
