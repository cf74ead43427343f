// AES-128 as the tags use it: CBC without padding, CMAC (RFC 4493), AN10922 key diversification.
// Pure, any thread. A failure inside OpenSSL gives an empty run of bytes; every caller checks
// sizes, so that it ends in "not proven", never in "proven".
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace seals::tag {

using Block = std::array<std::uint8_t, 16>;
using Key = Block;
using Mac = std::array<std::uint8_t, 8>;

Bytes encrypt_cbc(const Key& key, const Block& iv, ByteView plain);   // whole blocks
Bytes decrypt_cbc(const Key& key, const Block& iv, ByteView cipher);  // whole blocks
Block encrypt_block(const Key& key, const Block& plain);              // ECB, one block

Block cmac(const Key& key, ByteView message);
Mac truncated(const Block& mac);  // bytes 1, 3, .. 15: what travels

struct Subkeys {
    Block k1{}, k2{};
};
Subkeys subkeys(const Key& key);  // of CMAC

// The tag's own key from a master key and M = 16..31 bytes that hold its UID. Shorter M is refused:
// there the two readings of AN10922 (padded to 32 bytes, or plain CMAC) give different keys.
Result<Key> diversified(const Key& master, ByteView m);

bool same_bytes(ByteView a, ByteView b);  // in constant time for equal sizes
Result<Block> random_block();

}  // namespace seals::tag
