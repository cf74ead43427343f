// Ed25519 keys of signed notes. A public key is a line "NAME+HASH+BASE64" (a vkey of Go's
// sumdb/note): hash is the first 4 bytes of SHA-256(NAME || LF || type || key) in hex, the base64
// holds type and key. Types: 0x01 signs notes, 0x04 cosigns checkpoints (cosignature/v1). Values;
// any thread.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "leaf/note.hpp"

struct evp_pkey_st;

namespace seals::leaf {

enum class KeyType : std::uint8_t { signs = 0x01, cosigns = 0x04 };

struct PublicKey {
    std::string name;
    KeyType type = KeyType::signs;
    std::array<std::uint8_t, 32> key{};

    KeyId id() const;
    std::string vkey() const;  // one line, without a line feed
    // Ed25519 over `message`, of either type.
    bool verifies(ByteView message, ByteView signature) const;

    friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

// One line, a line feed after it or not. Code::invalid says what is wrong.
Result<PublicKey> parse_vkey(std::string_view line);

// The private half. Its 32 bytes leave it only to be kept where no other may read.
class SigningKey {
  public:
    static Result<SigningKey> generate();
    static Result<SigningKey> from_seed(ByteView seed);  // 32 bytes; Code::invalid else

    Bytes seed() const;  // to be wiped by whoever takes it
    std::array<std::uint8_t, 32> public_key() const;
    Bytes sign(ByteView message) const;  // 64 bytes

  private:
    explicit SigningKey(evp_pkey_st* key);

    std::shared_ptr<evp_pkey_st> key_;
};

// Bytes that must not stay in memory.
void wipe(Bytes& bytes);

}  // namespace seals::leaf
