// RFC 3161: time stamps over the text of a checkpoint (the three lines that its note's signatures
// are over), by an authority whose certificates are pinned in files. Pure apart from reading those;
// any thread. What is read is bounded.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"

struct x509_store_st;

namespace seals::evidence {

inline constexpr std::size_t kMostTimestamp = 20U * 1024;  // bytes of a reply; as sealsd keeps

struct Stamp {
    Instant time;                            // genTime: the text was there before
    std::optional<milliseconds> accuracy{};  // as the authority says, rounded up
    std::string serial;                      // hex
    std::string policy;                      // an OID
    std::string authority;                   // the subject of the certificate that signed
};

// A time stamp that was checked.
struct CheckedStamp {
    Stamp stamp;
    Bytes reply;  // what is to be kept: a TimeStampResp in DER, also where a token alone came
};

// Certificates that a time stamp must lead to: of the authority itself or of one above it.
class Authorities {
  public:
    // A file of PEM certificates, or a folder of such files. Code::invalid: no certificate is
    // there.
    static Result<Authorities> load(const std::string& path);

  private:
    friend Result<CheckedStamp> check_reply(ByteView, std::string_view, const Authorities&,
                                            ByteView);
    explicit Authorities(std::string path) : path_(std::move(path)) {}
    std::shared_ptr<x509_store_st> open() const;  // null: nothing could be read

    std::string path_;
};

// A query in DER: SHA-256, a fresh nonce, and the wish for the certificates.
Result<Bytes> timestamp_query(std::string_view text);

// `reply`: a TimeStampResp, or the token alone. With a query (not empty) its nonce must be in it.
// Code::invalid: it is nothing of the kind; unavailable: the authority refused, and said why;
// corrupt: it is of another text, another nonce, not signed by a pinned authority, or by one whose
// certificate was not valid at that time.
Result<CheckedStamp> check_reply(ByteView reply, std::string_view text,
                                 const Authorities& authorities, ByteView query = {});

// The same for what was kept.
Result<Stamp> check_timestamp(ByteView reply, std::string_view checkpoint_text,
                              const std::string& authorities);

}  // namespace seals::evidence
