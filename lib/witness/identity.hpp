// Identity: the witness's own name and key. The file DIR/key holds both as one line, as Go's
// sumdb/note writes private keys ("PRIVATE+KEY+NAME+HASH+BASE64"), of type 4; nobody else may read
// it. Blocks for the disk. Code::invalid says what is wrong with the file; any thread.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "leaf/key.hpp"

namespace seals::witness {

struct Identity {
    std::string name;
    leaf::SigningKey key;

    leaf::PublicKey public_key() const { return {name, leaf::KeyType::cosigns, key.public_key()}; }
};

// nullopt: there is no file.
Result<std::optional<Identity>> read_identity(const std::string& path);
// A fresh key, kept before it is given. The file must not be there.
Result<Identity> make_identity(const std::string& path, const std::string& name);

}  // namespace seals::witness
