#include "evidence/device_key.hpp"

#include <utility>

#include <sys/stat.h>

#include "evidence/whole_file.hpp"
#include "leaf/private_line.hpp"

namespace seals::evidence {
namespace {

constexpr std::size_t kMostBytes = 4096;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

Error wrong(const std::string& path, const std::string& what) {
    Error error = invalid("key", path + ": " + what);
    error.remedy = "restore the file from where it was kept, or rotate the key";
    return error;
}

}  // namespace

Result<DeviceKey> load_device_key(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0 && (info.st_mode & kOthers) != 0)
        return wrong(path,
                     "others than its owner may read it; a key is for its owner alone (0600)");
    auto bytes = read_file(path, kMostBytes);
    if (!bytes) return bytes.error();
    auto key = leaf::parse_private_line(as_text(*bytes), leaf::KeyType::signs);
    leaf::wipe(*bytes);
    if (!key) return wrong(path, key.error().detail);
    return DeviceKey{std::move(key->name), std::move(key->key)};
}

Result<DeviceKey> make_device_key(const std::string& path, const std::string& name) {
    auto key = leaf::SigningKey::generate();
    if (!key) return key.error();
    DeviceKey made{name, std::move(*key)};
    auto line = leaf::private_line(name, leaf::KeyType::signs, made.key);
    auto status = create_file(path, line);
    leaf::wipe(line);
    if (!status) return status.error();
    return made;
}

}  // namespace seals::evidence
