// Reading: one look at what lies on a reader, and the proof of who it is. AuthenticateEV2First
// once, never twice: every failure counts towards the tag's own death (facts: 1000 and it is gone).
// Blocks as `transmit` blocks; any thread; keeps nothing.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace seals::tag {

// Sends one APDU, gives the answer with its two status bytes. Errors: Code::not_found no tag there,
// Code::timeout it did not answer, Code::unavailable the reader is gone.
using Transmit = std::function<Result<Bytes>(ByteView apdu)>;

inline constexpr std::uint8_t kVerifyKey = 1;  // not key 0: it may change every key of the tag

struct Known {
    SealId seal;
    std::array<std::uint8_t, 16> key{};
    std::uint8_t key_no = kVerifyKey;
};
using Keyring = std::map<Bytes, Known>;  // by UID

// Why a look did not end in a proof.
enum class Fault : std::uint8_t {
    none,
    // the reader's or the air's: says nothing about the tag
    no_reader,
    no_answer,   // not by the deadline
    vanished,    // it was there when the look began
    no_bytes,    // an answer of zero bytes
    too_long,    // more bytes than any answer of such a tag
    bad_length,  // an answer of another size than the command's
    bad_status,  // a status that says neither yes nor no
    delayed,     // the tag slows attackers down (91AD); not tried again
    locked,      // the tag has locked this key, or takes no AES (919D)
    no_random,   // our own random source failed
    // the tag's: it claims a known UID and is not the tag that was enrolled
    no_application,
    no_such_key,
    wrong_key,     // it refused our proof
    wrong_answer,  // its proof is wrong: forged, replayed or empty
    wrong_mac,     // the session's messages are not by the one that authenticated
    wrong_uid      // the proven UID is another than the one it shouted
};
std::string_view name_of(Fault fault);  // "wrong_key"

enum class Found : std::uint8_t {
    absent,     // nothing lies there
    authentic,  // proven: `seal`
    failed,     // claims the UID of `seal` and could not prove it
    foreign,    // a tag that we do not know
    unreadable  // something lies there and cannot be read: neither present nor absent
};
std::string_view name_of(Found found);

struct Reading {
    Found found = Found::unreadable;
    SealId seal{};              // authentic, failed; unreadable when its UID was heard
    Fault fault = Fault::none;  // failed, unreadable
    Bytes uid{};                // as shouted; proven only when authentic
};

Reading read_tag(const Transmit& transmit, const Keyring& keyring);

}  // namespace seals::tag
