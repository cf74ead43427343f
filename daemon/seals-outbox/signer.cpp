#include "signer.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.hpp"

namespace seals::outboxd {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr mode_t kOthers = 07;

void wipe(void* bytes, std::size_t size) {
    if (size > 0) OPENSSL_cleanse(bytes, size);
}

Result<Bytes> secret_of(std::string_view text, const std::string& path) {
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    std::optional<Bytes> secret = to_bytes(as_bytes(text));
    if (text.starts_with(kPrefix)) {
        wipe(secret->data(), secret->size());
        secret = from_base64(text.substr(kPrefix.size()));
    }
    if (!secret) return invalid("secret", path + ": what follows whsec_ is no base64");
    bool fits = secret->size() >= Signer::kLeast && secret->size() <= Signer::kMost;
    if (fits) return std::move(*secret);
    wipe(secret->data(), secret->size());
    return Error{Code::invalid, path + ": a secret has from 24 to 1024 bytes",
                 "make one: `openssl rand -base64 32`", "secret"};
}

Result<Bytes> read_secret(const std::string& path) {
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat found {};
    if (!file || ::fstat(file.get(), &found) != 0)
        return unavailable(path + ": " + std::strerror(errno), "name the secret with --secret");
    if ((found.st_mode & kOthers) != 0)
        return Error{Code::invalid, path + " is open to everybody",
                     "chmod o= " + path + ", and make another secret", "secret"};
    std::array<char, 4096> buffer{};
    auto got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0) return unavailable(path + ": " + std::strerror(errno));
    auto secret = secret_of({buffer.data(), static_cast<std::size_t>(got)}, path);
    wipe(buffer.data(), buffer.size());
    return secret;
}

}  // namespace

Result<Signer> Signer::open(const std::vector<std::string>& paths) {
    Signer signer{std::vector<Bytes>{}};
    for (const auto& path : paths) {
        auto secret = read_secret(path);
        if (!secret) return secret.error();
        signer.secrets_.push_back(std::move(*secret));
    }
    return signer;
}

Signer::~Signer() {
    for (auto& secret : secrets_)
        wipe(secret.data(), secret.size());
}

std::string Signer::sign(std::string_view id, std::string_view timestamp,
                         std::string_view body) const {
    std::string text(id);
    text.append(".").append(timestamp).append(".").append(body);
    std::string out;
    for (const auto& secret : secrets_) {
        Hash mac{};
        unsigned size = 0;
        auto bytes = as_bytes(text);
        if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes.data(),
                 bytes.size(), mac.data(), &size) == nullptr)
            return {};
        out += (out.empty() ? "v1," : " v1,") + to_base64(mac);
    }
    return out;
}

}  // namespace seals::outboxd
