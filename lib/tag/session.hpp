// What both sides of AuthenticateEV2 share: session keys, and the MACs and ciphers of the messages
// that follow (secure messaging of NTAG 424 DNA and DESFire EV2). Pure, any thread.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.hpp"
#include "tag/aes.hpp"

namespace seals::tag {

inline constexpr std::uint8_t kOk = 0x00;    // second status byte, after 91
inline constexpr std::uint8_t kMore = 0xaf;  // the tag wants the next part

namespace ins {
inline constexpr std::uint8_t auth_first = 0x71;
inline constexpr std::uint8_t next = 0xaf;
inline constexpr std::uint8_t card_uid = 0x51;
}  // namespace ins

Block rotated_left(const Block& in);  // by one byte

struct SessionKeys {
    Key enc{}, mac{};
};
SessionKeys session_keys(const Key& key, const Block& rnd_a, const Block& rnd_b);

// A session after authentication. `counter` counts answered commands; the caller steps it.
struct Session {
    SessionKeys keys{};
    std::array<std::uint8_t, 4> ti{};
    std::uint16_t counter = 0;

    Mac command_mac(std::uint8_t ins, ByteView data) const;
    Mac answer_mac(std::uint8_t status, ByteView data) const;  // with the stepped counter
    Bytes encrypt_answer(ByteView plain) const;                // padded; with the stepped counter
    Bytes decrypt_answer(ByteView cipher) const;               // empty: not decent padding
    Bytes encrypt_command(ByteView plain) const;               // padded

  private:
    Block iv(std::uint8_t first, std::uint8_t second) const;
    Bytes mac_input(std::uint8_t code, ByteView data) const;
};

}  // namespace seals::tag
