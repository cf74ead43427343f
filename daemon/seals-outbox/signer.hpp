// Signer: signs what is delivered, as Standard Webhooks do: HMAC-SHA256 over "ID.TIMESTAMP.BODY".
// Several secrets give several signatures, so that one can follow another. It wipes them when it
// goes. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace seals::outboxd {

class Signer {
  public:
    // A secret is the file's bytes without the line's end, or, after "whsec_", what base64 says.
    // Code::invalid: too short or long, or everybody may read the file; unavailable: cannot be
    // read.
    static Result<Signer> open(const std::vector<std::string>& paths);
    explicit Signer(std::vector<Bytes> secrets) : secrets_(std::move(secrets)) {}
    Signer(Signer&&) noexcept = default;
    Signer& operator=(Signer&&) = delete;
    ~Signer();

    // "v1,<base64>", one for each secret with blanks between.
    std::string sign(std::string_view id, std::string_view timestamp, std::string_view body) const;

    static constexpr std::size_t kLeast = 24, kMost = 1024;  // bytes of a secret

  private:
    std::vector<Bytes> secrets_;
};

}  // namespace seals::outboxd
