// TagSide: the tag's side of the protocol (PICC), with the reader's FF CA beside it. The simulated
// cabinet's tags are made of it. One thread; keeps the state of one session, as a tag does.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>

#include "base/bytes.hpp"
#include "tag/reading.hpp"
#include "tag/session.hpp"

namespace seals::tag {

struct Command;

class TagSide {
  public:
    // What the tag takes for random; tests bring published values.
    struct Chance {
        std::function<Result<Block>()> rnd_b = random_block;
        std::function<Result<Block>()> ti = random_block;  // its first four bytes
    };
    TagSide(Bytes uid, Key key, std::uint8_t key_no = kVerifyKey) : TagSide(uid, key, key_no, {}) {}
    TagSide(Bytes uid, Key key, std::uint8_t key_no, Chance chance);

    Bytes answer(ByteView apdu);  // always at least the two status bytes

  private:
    Bytes select(const Command& command);
    Bytes native(const Command& command);
    Bytes first_part(const Command& command);
    Bytes second_part(const Command& command);
    Bytes card_uid(const Command& command);

    Bytes uid_;
    Key key_;
    std::uint8_t key_no_;
    Chance chance_;
    bool selected_ = false;
    std::optional<Block> challenge_;  // RndB, between the two parts
    std::optional<Session> session_;
};

}  // namespace seals::tag
