#include "evidence/device_key.hpp"

#include <sys/stat.h>

#include "evidence/whole_file.hpp"

namespace seals::evidence {
namespace {

constexpr std::string_view kPrefix = "PRIVATE+KEY+";
constexpr std::size_t kMostBytes = 4096;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

Error wrong(const std::string& path, const std::string& what) {
    Error error = invalid("key", path + ": " + what);
    error.remedy = "restore the file from where it was kept, or rotate the key";
    return error;
}

// NAME+HASH+BASE64 of type and seed, split from the right: names have no plus.
Result<DeviceKey> parse(const std::string& path, std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (!line.starts_with(kPrefix)) return wrong(path, "no private key of signed notes");
    line.remove_prefix(kPrefix.size());
    auto first = line.find('+');
    auto second = first == std::string_view::npos ? first : line.find('+', first + 1);
    if (second == std::string_view::npos) return wrong(path, "the key is not whole");
    auto bytes = from_base64(line.substr(second + 1));
    if (!bytes || bytes->empty() || bytes->front() != static_cast<int>(leaf::KeyType::signs))
        return wrong(path, "the key is not of type 1");
    auto key = leaf::SigningKey::from_seed(ByteView(*bytes).subspan(1));
    leaf::wipe(*bytes);
    if (!key) return wrong(path, key.error().detail);
    DeviceKey out{std::string(line.substr(0, first)), std::move(*key)};
    if (line.substr(first + 1, second - first - 1) != to_hex(out.half().id()))
        return wrong(path, "the hash in the line is not that of its key");
    return out;
}

}  // namespace

Result<DeviceKey> load_device_key(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0 && (info.st_mode & kOthers) != 0)
        return wrong(path,
                     "others than its owner may read it; a key is for its owner alone (0600)");
    auto bytes = read_file(path, kMostBytes);
    if (!bytes) return bytes.error();
    auto key = parse(path, as_text(*bytes));
    leaf::wipe(*bytes);
    return key;
}

Result<DeviceKey> make_device_key(const std::string& path, const std::string& name) {
    auto key = leaf::SigningKey::generate();
    if (!key) return key.error();
    DeviceKey made{name, std::move(*key)};
    Bytes line;
    auto add = [&](std::string_view text) { line.insert(line.end(), text.begin(), text.end()); };
    auto seed = made.key.seed();
    Bytes typed{static_cast<std::uint8_t>(leaf::KeyType::signs)};
    typed.reserve(1 + seed.size());
    typed.insert(typed.end(), seed.begin(), seed.end());
    leaf::wipe(seed);
    auto secret = to_base64(typed);
    leaf::wipe(typed);
    line.reserve(kMostBytes);
    add(kPrefix);
    add(name + "+" + to_hex(made.half().id()) + "+");
    add(secret);
    add("\n");
    auto status = create_file(path, line);
    leaf::wipe(line);
    std::fill(secret.begin(), secret.end(), '\0');
    if (!status) return status.error();
    return made;
}

}  // namespace seals::evidence
