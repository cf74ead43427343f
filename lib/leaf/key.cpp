#include "leaf/key.hpp"

#include <algorithm>
#include <cstdlib>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/log.hpp"
#include "leaf/hash.hpp"

namespace seals::leaf {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

Error wrong(const std::string& what) {
    return invalid("key", what);
}

[[noreturn]] void end_without_ed25519() {
    log(Priority::error, "leaf", "libcrypto gives no Ed25519; check its installation");
    std::abort();
}

std::shared_ptr<evp_md_ctx_st> context() {
    return {EVP_MD_CTX_new(), EVP_MD_CTX_free};
}

}  // namespace

KeyId PublicKey::id() const {
    Bytes input(name.begin(), name.end());
    input.push_back('\n');
    input.push_back(static_cast<std::uint8_t>(type));
    input.insert(input.end(), key.begin(), key.end());
    Hasher hasher;
    auto hash = hasher.sha256(input);
    KeyId out;
    std::copy_n(hash.begin(), out.size(), out.begin());
    return out;
}

std::string PublicKey::vkey() const {
    Bytes bytes{static_cast<std::uint8_t>(type)};
    bytes.insert(bytes.end(), key.begin(), key.end());
    return name + "+" + to_hex(id()) + "+" + to_base64(bytes);
}

bool PublicKey::verifies(ByteView message, ByteView signature) const {
    if (signature.size() != kSignatureBytes) return false;
    std::shared_ptr<evp_pkey_st> pkey(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()),
        EVP_PKEY_free);
    auto digest = context();
    return pkey && digest &&
           EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, pkey.get()) == 1 &&
           EVP_DigestVerify(digest.get(), signature.data(), signature.size(), message.data(),
                            message.size()) == 1;
}

Result<PublicKey> parse_vkey(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    auto first = line.find('+');
    auto second = first == std::string_view::npos ? first : line.find('+', first + 1);
    if (second == std::string_view::npos) return wrong("a public key is a line NAME+HASH+BASE64");
    PublicKey out;
    out.name = line.substr(0, first);
    if (!is_key_name(out.name)) return wrong("the key has no possible name");
    auto bytes = from_base64(line.substr(second + 1));
    if (!bytes || bytes->size() != 1 + kKeyBytes) return wrong("the key is not 33 bytes of base64");
    auto type = (*bytes)[0];
    if (type != static_cast<std::uint8_t>(KeyType::signs) &&
        type != static_cast<std::uint8_t>(KeyType::cosigns))
        return wrong("the key is of type " + std::to_string(type) +
                     "; known are 1 (Ed25519) and 4 (cosignature/v1)");
    out.type = static_cast<KeyType>(type);
    std::copy(bytes->begin() + 1, bytes->end(), out.key.begin());
    if (line.substr(first + 1, second - first - 1) != to_hex(out.id()))
        return wrong("the hash between the plus signs is not that of name and key");
    return out;
}

SigningKey::SigningKey(evp_pkey_st* key) : key_(key, EVP_PKEY_free) {}

Result<SigningKey> SigningKey::generate() {
    auto* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    if (key == nullptr) return unavailable("no key could be made: libcrypto has no randomness");
    return SigningKey(key);
}

Result<SigningKey> SigningKey::from_seed(ByteView seed) {
    if (seed.size() != kKeyBytes) return wrong("an Ed25519 seed is 32 bytes");
    auto* key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
    if (key == nullptr) end_without_ed25519();
    return SigningKey(key);
}

Bytes SigningKey::seed() const {
    Bytes out(kKeyBytes);
    auto size = out.size();
    if (EVP_PKEY_get_raw_private_key(key_.get(), out.data(), &size) != 1) end_without_ed25519();
    return out;
}

std::array<std::uint8_t, 32> SigningKey::public_key() const {
    std::array<std::uint8_t, 32> out{};
    auto size = out.size();
    if (EVP_PKEY_get_raw_public_key(key_.get(), out.data(), &size) != 1) end_without_ed25519();
    return out;
}

Bytes SigningKey::sign(ByteView message) const {
    Bytes out(kSignatureBytes);
    auto size = out.size();
    auto digest = context();
    if (!digest || EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(digest.get(), out.data(), &size, message.data(), message.size()) != 1)
        end_without_ed25519();
    return out;
}

void wipe(Bytes& bytes) {
    OPENSSL_cleanse(bytes.data(), bytes.size());
    bytes.clear();
}

}  // namespace seals::leaf
