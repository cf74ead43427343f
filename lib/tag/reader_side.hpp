// The reader's side of the protocol (PCD), step by step, for read_tag. Blocks as `transmit` blocks.
#pragma once

#include <optional>

#include "tag/reading.hpp"
#include "tag/session.hpp"

namespace seals::tag {

// The body of an answer, or why there is none. Statuses are judged by the caller.
struct Exchange {
    Fault fault = Fault::none;
    std::uint16_t status = 0;
    Bytes body{};
};
Exchange ask_tag(const Transmit& transmit, ByteView apdu);

struct Authenticated {
    Fault fault = Fault::none;
    Session session{};
};
// AuthenticateEV2First, one attempt. rnd_a is fresh and random, except for published vectors.
Authenticated authenticate(const Transmit& transmit, std::uint8_t key_no, const Key& key,
                           const Block& rnd_a);

struct CardUid {
    Fault fault = Fault::none;
    Bytes uid{};
};
CardUid card_uid(const Transmit& transmit, Session& session);

// read_tag with a given random block, for tests and fuzzing.
Reading read_tag_with(const Transmit& transmit, const Keyring& keyring, const Block& rnd_a);

}  // namespace seals::tag
