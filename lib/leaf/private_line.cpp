#include "leaf/private_line.hpp"

#include <cstring>
#include <utility>

namespace seals::leaf {
namespace {

constexpr std::string_view kPrefix = "PRIVATE+KEY+";
constexpr std::size_t kRoom = 1024;  // for a name of 200 bytes and all the rest

Error wrong(const std::string& what) {
    return invalid("key", what);
}

}  // namespace

Bytes private_line(const std::string& name, KeyType type, const SigningKey& key) {
    Bytes line;
    line.reserve(kRoom);  // so that no copy stays behind where it grew
    auto add = [&](std::string_view text) { line.insert(line.end(), text.begin(), text.end()); };
    Bytes typed;
    auto seed = key.seed();
    typed.reserve(1 + seed.size());
    typed.push_back(static_cast<std::uint8_t>(type));
    typed.insert(typed.end(), seed.begin(), seed.end());
    wipe(seed);
    auto secret = to_base64(typed);
    wipe(typed);
    add(kPrefix);
    add(name + "+" + to_hex(PublicKey{name, type, key.public_key()}.id()) + "+");
    add(secret);
    add("\n");
    ::explicit_bzero(secret.data(), secret.size());
    return line;
}

Result<NamedKey> parse_private_line(std::string_view line, KeyType type) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (!line.starts_with(kPrefix)) return wrong("it holds no private key of signed notes");
    line.remove_prefix(kPrefix.size());
    auto first = line.find('+');
    auto second = first == std::string_view::npos ? first : line.find('+', first + 1);
    if (second == std::string_view::npos) return wrong("its key is not whole");
    auto bytes = from_base64(line.substr(second + 1));
    if (!bytes || bytes->empty() || bytes->front() != static_cast<std::uint8_t>(type))
        return wrong("its key is not of type " + std::to_string(static_cast<int>(type)));
    auto key = SigningKey::from_seed(ByteView(*bytes).subspan(1));
    wipe(*bytes);
    if (!key) return key.error();
    NamedKey out{std::string(line.substr(0, first)), std::move(*key)};
    auto id = PublicKey{out.name, type, out.key.public_key()}.id();
    if (!is_key_name(out.name) || line.substr(first + 1, second - first - 1) != to_hex(id))
        return wrong("its name, its hash and its key are not of one another");
    return out;
}

}  // namespace seals::leaf
