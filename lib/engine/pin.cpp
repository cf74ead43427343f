#include "engine/pin.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include <crypt.h>

namespace seals::engine {
namespace {

bool same_text(const std::string& a, const std::string& b) {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned>(a[i] ^ b[i]);
    return difference == 0;
}

// crypt_data is 32 KiB: on the heap, and wiped, for it has held the PIN.
struct Workspace {
    std::unique_ptr<crypt_data> data = std::make_unique<crypt_data>();
    ~Workspace() { explicit_bzero(data.get(), sizeof *data); }
};

}  // namespace

Status check_pin_form(const std::string& pin) {
    if (pin.size() < 4 || pin.size() > 64) return invalid("pin", "a PIN has 4 to 64 characters");
    bool plain = std::all_of(pin.begin(), pin.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != 0x7f;
    });
    if (!plain) return invalid("pin", "a PIN has no spaces or control characters");
    return {};
}

Result<std::string> hash_pin(const std::string& pin) {
    char salt[CRYPT_GENSALT_OUTPUT_SIZE];
    if (::crypt_gensalt_rn("$y$", 0, nullptr, 0, salt, sizeof salt) == nullptr)
        return internal("libcrypt makes no yescrypt salt");
    Workspace workspace;
    const char* hash = ::crypt_rn(pin.c_str(), salt, workspace.data.get(), sizeof *workspace.data);
    if (hash == nullptr || hash[0] == '*') return internal("libcrypt cannot hash with yescrypt");
    return std::string(hash);
}

bool pin_matches(const std::string& pin, const std::string& hash) {
    if (hash.empty() || pin.find('\0') != std::string::npos) return false;
    Workspace workspace;
    const char* again =
        ::crypt_rn(pin.c_str(), hash.c_str(), workspace.data.get(), sizeof *workspace.data);
    return again != nullptr && again[0] != '*' && same_text(again, hash);
}

}  // namespace seals::engine
