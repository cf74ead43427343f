// The key with which this device signs its checkpoints: a file of one line in the form of Go's
// sumdb/note, "PRIVATE+KEY+NAME+HASH+BASE64", mode 0600. It is made once and leaves the machine by
// no command of ours. Blocks: a start's or a worker's.
//   not_found    no such file
//   invalid      it holds no such key, or others than its owner may read it
//   conflict     (make) there is one already
//   unavailable  the disk
#pragma once

#include <string>

#include "base/result.hpp"
#include "leaf/key.hpp"

namespace seals::evidence {

struct DeviceKey {
    std::string name;
    leaf::SigningKey key;

    leaf::PublicKey half() const { return {name, leaf::KeyType::signs, key.public_key()}; }
};

Result<DeviceKey> load_device_key(const std::string& path);
Result<DeviceKey> make_device_key(const std::string& path, const std::string& name);

}  // namespace seals::evidence
