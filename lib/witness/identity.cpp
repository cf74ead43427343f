#include "witness/identity.hpp"

#include <cstring>
#include <utility>

#include <sys/stat.h>

#include "disk/files.hpp"
#include "leaf/private_line.hpp"

namespace seals::witness {
namespace {

constexpr std::size_t kMost = 1024;

void wipe(std::string& text) {
    ::explicit_bzero(text.data(), text.size());
}

Error wrong(const std::string& path, const std::string& what) {
    Error error = invalid("key", path + ": " + what);
    error.remedy = "put the file back from where it was kept; a new key is another witness";
    return error;
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
    auto key = leaf::parse_private_line(**text, leaf::KeyType::cosigns);
    wipe(**text);
    if (!key) return wrong(path, key.error().detail);
    return std::optional(Identity{std::move(key->name), std::move(key->key)});
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
    auto line = leaf::private_line(name, leaf::KeyType::cosigns, out.key);
    auto status = disk::write_file(path, as_text(line));
    leaf::wipe(line);
    if (!status) return status.error();
    return out;
}

}  // namespace seals::witness
