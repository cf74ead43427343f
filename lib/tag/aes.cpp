#include "tag/aes.hpp"

#include <algorithm>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace seals::tag {
namespace {

constexpr std::size_t kBlock = 16;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

Bytes run_cbc(const Key& key, const Block& iv, ByteView in, bool encrypt) {
    if (in.empty() || in.size() % kBlock != 0) return {};
    std::unique_ptr<EVP_CIPHER_CTX, FreeContext> context(EVP_CIPHER_CTX_new());
    Bytes out(in.size());
    int some = 0;
    int last = 0;
    bool good = context &&
                EVP_CipherInit_ex(context.get(), EVP_aes_128_cbc(), nullptr, key.data(), iv.data(),
                                  encrypt ? 1 : 0) == 1 &&
                EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
                EVP_CipherUpdate(context.get(), out.data(), &some, in.data(),
                                 static_cast<int>(in.size())) == 1 &&
                EVP_CipherFinal_ex(context.get(), out.data() + some, &last) == 1 &&
                static_cast<std::size_t>(some) + static_cast<std::size_t>(last) == in.size();
    if (!good) return {};
    return out;
}

Block last_block(const Bytes& run) {
    Block out{};
    if (run.size() >= kBlock) std::copy(run.end() - kBlock, run.end(), out.begin());
    return out;
}

Block doubled(const Block& in) {
    Block out{};
    for (std::size_t i = 0; i < kBlock; ++i) {
        auto carry = i + 1 < kBlock ? in[i + 1] >> 7 : 0;
        out[i] = static_cast<std::uint8_t>(in[i] << 1 | carry);
    }
    if ((in[0] & 0x80) != 0) out[15] ^= 0x87;
    return out;
}

// Pads to whole blocks, at least `least` of them, and folds the subkey into the last one.
Bytes padded(const Key& key, ByteView message, std::size_t least) {
    auto [k1, k2] = subkeys(key);
    Bytes run = to_bytes(message);
    auto blocks = std::max((run.size() + kBlock - 1) / kBlock, least);
    bool whole = run.size() == blocks * kBlock;
    if (!whole) run.push_back(0x80);
    run.resize(blocks * kBlock);
    const auto& mask = whole ? k1 : k2;
    for (std::size_t i = 0; i < kBlock; ++i)
        run[run.size() - kBlock + i] ^= mask[i];
    return run;
}

}  // namespace

Bytes encrypt_cbc(const Key& key, const Block& iv, ByteView plain) {
    return run_cbc(key, iv, plain, true);
}

Bytes decrypt_cbc(const Key& key, const Block& iv, ByteView cipher) {
    return run_cbc(key, iv, cipher, false);
}

Block encrypt_block(const Key& key, const Block& plain) {
    return last_block(run_cbc(key, Block{}, plain, true));
}

Subkeys subkeys(const Key& key) {
    auto k1 = doubled(encrypt_block(key, Block{}));
    return {k1, doubled(k1)};
}

Block cmac(const Key& key, ByteView message) {
    return last_block(run_cbc(key, Block{}, padded(key, message, 1), true));
}

Mac truncated(const Block& mac) {
    Mac out{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = mac[2 * i + 1];
    return out;
}

Result<Key> diversified(const Key& master, ByteView m) {
    if (m.size() < 16 || m.size() > 31)
        return invalid("m", "diversification input of " + std::to_string(m.size()) +
                                " bytes; 16 to 31 are allowed");
    Bytes d{0x01};
    d.insert(d.end(), m.begin(), m.end());
    auto run = run_cbc(master, Block{}, padded(master, d, 2), true);
    if (run.size() != 32) return internal("AES failed while a tag key was diversified");
    return last_block(run);
}

bool same_bytes(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Result<Block> random_block() {
    Block out{};
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1)
        return unavailable("the system's random source failed");
    return out;
}

}  // namespace seals::tag
