#include "witness/identity.hpp"

#include <algorithm>
#include <cstring>

#include <sys/stat.h>

#include "disk/files.hpp"

namespace seals::witness {
namespace {

constexpr std::string_view kPrefix = "PRIVATE+KEY+";
constexpr std::size_t kMost = 1024;

void wipe(std::string& text) {
    ::explicit_bzero(text.data(), text.size());
}

Error wrong(const std::string& path, const std::string& what) {
    Error error = invalid("key", path + ": " + what);
    error.remedy = "put the file back from where it was kept; a new key is another witness";
    return error;
}

// The line without its prefix looks like a public key's, with the seed where that has the key.
Result<Identity> identity_of(const std::string& path, std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (!line.starts_with(kPrefix)) return wrong(path, "it holds no private key");
    line.remove_prefix(kPrefix.size());
    auto first = line.find('+');
    auto second = first == std::string_view::npos ? first : line.find('+', first + 1);
    if (second == std::string_view::npos) return wrong(path, "it holds no private key");
    auto bytes = from_base64(line.substr(second + 1));
    if (!bytes || bytes->empty() ||
        bytes->front() != static_cast<std::uint8_t>(leaf::KeyType::cosigns))
        return wrong(path, "its key is not one that cosigns (type 4)");
    auto key = leaf::SigningKey::from_seed(ByteView(*bytes).subspan(1));
    leaf::wipe(*bytes);
    if (!key) return wrong(path, key.error().detail);
    Identity out{std::string(line.substr(0, first)), std::move(*key)};
    if (!leaf::is_key_name(out.name) ||
        line.substr(first + 1, second - first - 1) != to_hex(out.public_key().id()))
        return wrong(path, "its name, its hash and its key are not of one another");
    return out;
}

}  // namespace

Result<std::optional<Identity>> read_identity(const std::string& path) {
    auto text = disk::read_file(path, kMost);
    if (!text) return text.error();
    if (!*text) return std::optional<Identity>{};
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0 && (found.st_mode & 077) != 0) {
        wipe(**text);
        return Error{Code::invalid, path + " may be read by others than its owner",
                     "chmod 600 " + path + ", and think of who may have read it"};
    }
    auto identity = identity_of(path, **text);
    wipe(**text);
    if (!identity) return identity.error();
    return std::optional(std::move(*identity));
}

Result<Identity> make_identity(const std::string& path, const std::string& name) {
    if (!leaf::is_key_name(name))
        return invalid("--name",
                       "\"" + name +
                           "\" is no possible name of a witness: at most 200 bytes, no white "
                           "space, no +; best is a host name with a path, as example.com/witness");
    auto key = leaf::SigningKey::generate();
    if (!key) return key.error();
    Identity out{name, std::move(*key)};
    auto seed = out.key.seed();
    seed.insert(seed.begin(), static_cast<std::uint8_t>(leaf::KeyType::cosigns));
    auto base64 = to_base64(seed);
    leaf::wipe(seed);
    auto line = std::string(kPrefix) + name + "+" + to_hex(out.public_key().id()) + "+";
    line.reserve(line.size() + base64.size() + 1);  // no copy of the key stays behind
    line += base64;
    line += '\n';
    wipe(base64);
    auto status = disk::write_file(path, line);
    wipe(line);
    if (!status) return status.error();
    return out;
}

}  // namespace seals::witness
