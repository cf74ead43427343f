// Hasher: SHA-256 and the hashes built on it (RFC 6962 leaf and node, commitment). It holds a
// digest fetched once, which an implicit fetch per hash would cost again and again. One thread at a
// time; make one per owner. A libcrypto without SHA-256 ends the program: nothing here works
// without.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

struct evp_md_st;
struct evp_md_ctx_st;

namespace seals::leaf {

using Salt = std::array<std::uint8_t, 16>;

class Hasher {
  public:
    Hasher();

    Hash sha256(ByteView bytes);
    Hash leaf_hash(ByteView leaf);                        // SHA-256(0x00 || leaf)
    Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(0x01 || left || right)
    // Hex of SHA-256(salt || text); the text must be in NFC already.
    std::string commitment(const Salt& salt, std::string_view nfc_text);

  private:
    struct Free {
        void operator()(evp_md_st* digest) const;
        void operator()(evp_md_ctx_st* context) const;
    };
    Hash of_parts(std::initializer_list<ByteView> parts);

    std::unique_ptr<evp_md_st, Free> digest_;
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// SHA-256 of what comes in pieces.
class Sha256 {
  public:
    Sha256();
    void add(ByteView bytes);
    Hash finish();  // once

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace seals::leaf
