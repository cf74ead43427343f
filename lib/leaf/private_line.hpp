// A private key as a line, in the form of Go's sumdb/note: "PRIVATE+KEY+NAME+HASH+BASE64". It
// looks like the public key's, with the seed where that has the key. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "leaf/key.hpp"

namespace seals::leaf {

struct NamedKey {
    std::string name;
    SigningKey key;
};

// With its line feed; to be wiped by whoever takes it.
Bytes private_line(const std::string& name, KeyType type, const SigningKey& key);
// Code::invalid says what is wrong, without what stands there.
Result<NamedKey> parse_private_line(std::string_view line, KeyType type);

}  // namespace seals::leaf
