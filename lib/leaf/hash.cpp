#include "leaf/hash.hpp"

#include <cstdlib>

#include <openssl/evp.h>

#include "base/log.hpp"

namespace seals::leaf {
namespace {

[[noreturn]] void end_without_digest() {
    log(Priority::error, "leaf",
        "libcrypto gives no SHA-256; check its installation and openssl.cnf");
    std::abort();
}

}  // namespace

void Hasher::Free::operator()(evp_md_st* digest) const {
    EVP_MD_free(digest);
}
void Hasher::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Hasher::Hasher() : digest_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    if (!digest_ || !context_) end_without_digest();
}

Hash Hasher::of_parts(std::initializer_list<ByteView> parts) {
    Hash out;
    bool ok = EVP_DigestInit_ex2(context_.get(), digest_.get(), nullptr) == 1;
    for (auto part : parts)
        ok = ok && EVP_DigestUpdate(context_.get(), part.data(), part.size()) == 1;
    ok = ok && EVP_DigestFinal_ex(context_.get(), out.data(), nullptr) == 1;
    if (!ok) end_without_digest();
    return out;
}

Hash Hasher::sha256(ByteView bytes) {
    return of_parts({bytes});
}

Hash Hasher::leaf_hash(ByteView leaf) {
    constexpr std::uint8_t kPrefix = 0;
    return of_parts({ByteView{&kPrefix, 1}, leaf});
}

Hash Hasher::node_hash(const Hash& left, const Hash& right) {
    constexpr std::uint8_t kPrefix = 1;
    return of_parts({ByteView{&kPrefix, 1}, left, right});
}

std::string Hasher::commitment(const Salt& salt, std::string_view nfc_text) {
    return to_hex(of_parts({salt, as_bytes(nfc_text)}));
}

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1)
        end_without_digest();
}

void Sha256::add(ByteView bytes) {
    if (EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1) end_without_digest();
}

Hash Sha256::finish() {
    Hash out;
    if (EVP_DigestFinal_ex(context_.get(), out.data(), nullptr) != 1) end_without_digest();
    return out;
}

}  // namespace seals::leaf
