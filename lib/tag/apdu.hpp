// The commands of a tag as bytes, and its answer taken apart. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"

namespace seals::tag {

// Longest answer of such a tag: 256 bytes and two of status.
inline constexpr std::size_t kAnswerBytes = 258;

namespace apdu {
Bytes reader_uid();                             // PC/SC: the UID of the anticollision
Bytes select_application();                     // ISO SELECT of the NDEF application
Bytes native(std::uint8_t ins, ByteView data);  // 90 INS 00 00 Lc data 00
}  // namespace apdu

struct Answer {
    ByteView body;  // of the bytes that were given
    std::uint16_t status = 0;

    static std::optional<Answer> of(ByteView bytes);  // nullopt: under 2 or above kAnswerBytes
};

// A command as the tag sees it.
struct Command {
    std::uint8_t cla = 0, ins = 0, p1 = 0, p2 = 0;
    ByteView data;

    static std::optional<Command> of(ByteView bytes);  // short form, with or without Lc and Le
};

}  // namespace seals::tag
