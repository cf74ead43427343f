#include "evidence/timestamp.hpp"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <utility>
#include <vector>

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include "base/text.hpp"
#include "leaf/hash.hpp"

namespace seals::evidence {
namespace {

template <auto release>
struct Freed {
    template <class T>
    void operator()(T* of) const {
        release(of);
    }
};
template <class T, auto release>
using Owned = std::unique_ptr<T, Freed<release>>;

void free_list(STACK_OF(X509) * all) {  // not what is in it
    sk_X509_free(all);
}

using Query = Owned<TS_REQ, TS_REQ_free>;
using Response = Owned<TS_RESP, TS_RESP_free>;
using Token = Owned<PKCS7, PKCS7_free>;
using Info = Owned<TS_TST_INFO, TS_TST_INFO_free>;
using Integer = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;

Error garbage(const std::string& what) {
    return invalid("reply", what);
}

Error rejected(const std::string& what) {
    return Error{Code::corrupt, what,
                 "ask the authority again; if it stays so, it is not the one "
                 "whose certificates are pinned, or somebody is between"};
}

// A stranger's words, as they may be shown.
std::string plain(std::string text) {
    if (!valid_utf8(text)) return "(no text)";
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return text;
}

// What OpenSSL says, in words; its queue is empty afterwards.
std::string openssl_reason() {
    std::string out;
    const char* data = nullptr;
    int flags = 0;
    while (auto code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
        const char* reason = ERR_reason_error_string(code);
        std::string one = reason != nullptr ? reason : "unknown";
        if (data != nullptr && *data != '\0' && (flags & ERR_TXT_STRING) != 0)
            one += std::string(" (") + data + ")";
        out += (out.empty() ? "" : ", ") + one;
    }
    return out.empty() ? "no reason given" : out;
}

Hash hash_of(std::string_view text) {
    leaf::Hasher hasher;
    return hasher.sha256(as_bytes(text));
}

// All of the bytes, or nothing.
template <class Owner, class Read>
Owner parsed(ByteView bytes, Read read) {
    const unsigned char* at = bytes.data();
    Owner out(read(nullptr, &at, static_cast<long>(bytes.size())));
    if (out && at != bytes.data() + bytes.size()) out.reset();
    ERR_clear_error();
    return out;
}

template <class T, class Write>
Bytes written(const T* of, Write write) {
    Bytes out(static_cast<std::size_t>(std::max(0, write(of, nullptr))));
    auto* at = out.data();
    if (!out.empty()) write(of, &at);
    return out;
}

// --- a reply ---

Status check_granted(TS_RESP* response) {
    auto* info = TS_RESP_get_status_info(response);
    auto status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info));
    if (status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS) return {};
    std::string said;
    const auto* texts = TS_STATUS_INFO_get0_text(info);
    for (int i = 0; texts != nullptr && i < sk_ASN1_UTF8STRING_num(texts) && said.size() < 400;
         ++i) {
        const auto* text = sk_ASN1_UTF8STRING_value(texts, i);
        said += ": " + std::string(as_text({ASN1_STRING_get0_data(text),
                                            static_cast<std::size_t>(ASN1_STRING_length(text))}));
    }
    return unavailable(
        "the authority gives no time stamp (status " + std::to_string(status) + ")" + plain(said),
        "ask whoever runs it");
}

// As `openssl ts -verify -in` reads it.
Result<Bytes> reply_around(PKCS7* token) {
    Response response(TS_RESP_new());
    Owned<TS_STATUS_INFO, TS_STATUS_INFO_free> granted(TS_STATUS_INFO_new());
    bool made = response && granted &&
                TS_STATUS_INFO_set_status(granted.get(), TS_STATUS_GRANTED) == 1 &&
                TS_RESP_set_status_info(response.get(), granted.get()) == 1;
    auto* copy = made ? PKCS7_dup(token) : nullptr;
    auto* info = copy != nullptr ? PKCS7_to_TS_TST_INFO(copy) : nullptr;
    if (info == nullptr) {
        PKCS7_free(copy);
        return internal("no reply could be made of a token: " + openssl_reason());
    }
    TS_RESP_set_tst_info(response.get(), copy, info);  // takes both
    return written(response.get(), i2d_TS_RESP);
}

struct Received {
    Token token;
    Bytes reply;  // as it came; empty: the token came alone
};

Result<Received> receive(ByteView reply) {
    if (reply.empty() || reply.size() > kMostTimestamp)
        return garbage("a reply has 1 to " + std::to_string(kMostTimestamp) + " bytes, not " +
                       std::to_string(reply.size()));
    if (auto response = parsed<Response>(reply, d2i_TS_RESP)) {
        if (auto status = check_granted(response.get()); !status) return status.error();
        auto* inside = TS_RESP_get_token(response.get());
        if (inside == nullptr) return garbage("the reply says granted and has no time stamp in it");
        return Received{Token(PKCS7_dup(inside)), to_bytes(reply)};
    }
    auto token = parsed<Token>(reply, d2i_PKCS7);
    if (!token) return garbage("this is no reply and no token of RFC 3161 in DER");
    return Received{std::move(token), {}};
}

// --- what it says ---

Status check_imprint(TS_TST_INFO* info, std::string_view text) {
    auto* imprint = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OBJECT* algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
    if (OBJ_obj2nid(algorithm) != NID_sha256)
        return rejected("the time stamp is not over a SHA-256");
    const auto* hash = TS_MSG_IMPRINT_get_msg(imprint);
    auto wanted = hash_of(text);
    ByteView got{ASN1_STRING_get0_data(hash), static_cast<std::size_t>(ASN1_STRING_length(hash))};
    if (!std::equal(got.begin(), got.end(), wanted.begin(), wanted.end()))
        return rejected("the time stamp is over another hash than that of this checkpoint's text");
    return {};
}

Status check_nonce(const TS_TST_INFO* info, ByteView query) {
    if (query.empty()) return {};
    auto asked = parsed<Query>(query, d2i_TS_REQ);
    if (!asked) return invalid("query", "the query is none of RFC 3161 in DER");
    const auto* sent = TS_REQ_get_nonce(asked.get());
    const auto* came = TS_TST_INFO_get_nonce(info);
    if (sent == nullptr || (came != nullptr && ASN1_INTEGER_cmp(sent, came) == 0)) return {};
    return rejected("the nonce is not that of the query: this answers another one");
}

Result<Instant> time_of(const ASN1_GENERALIZEDTIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
        return garbage("the time stamp has no time");
    std::int64_t ms = static_cast<std::int64_t>(::timegm(&parts)) * 1000;
    auto text =
        as_text({ASN1_STRING_get0_data(time), static_cast<std::size_t>(ASN1_STRING_length(time))});
    auto dot = text.find('.');
    for (std::int64_t unit = 100; dot != std::string_view::npos && unit > 0; unit /= 10)
        if (++dot < text.size() && text[dot] >= '0' && text[dot] <= '9')
            ms += (text[dot] - '0') * unit;
        else
            break;
    return Instant{ms};
}

std::optional<milliseconds> accuracy_of(TS_TST_INFO* info) {
    const auto* accuracy = TS_TST_INFO_get_accuracy(info);
    if (accuracy == nullptr) return std::nullopt;
    auto number = [](const ASN1_INTEGER* of) -> std::int64_t {
        return of == nullptr ? 0 : std::clamp<std::int64_t>(ASN1_INTEGER_get(of), 0, 86'400'000);
    };
    auto micros = number(TS_ACCURACY_get_micros(accuracy));
    return milliseconds{number(TS_ACCURACY_get_seconds(accuracy)) * 1000 +
                        number(TS_ACCURACY_get_millis(accuracy)) + (micros + 999) / 1000};
}

std::string serial_of(const TS_TST_INFO* info) {
    Owned<BIGNUM, BN_free> number(ASN1_INTEGER_to_BN(TS_TST_INFO_get_serial(info), nullptr));
    if (!number) return {};
    char* text = BN_bn2hex(number.get());
    std::string out = text != nullptr ? text : "";
    OPENSSL_free(text);
    return out;
}

std::string policy_of(TS_TST_INFO* info) {
    char text[128] = "";
    OBJ_obj2txt(text, sizeof text, TS_TST_INFO_get_policy_id(info), 1);
    return text;
}

std::string signer_of(PKCS7* token) {
    Owned<STACK_OF(X509), free_list> signers(PKCS7_get0_signers(token, nullptr, 0));
    if (!signers || sk_X509_num(signers.get()) != 1) return {};
    Owned<BIO, BIO_free_all> out(BIO_new(BIO_s_mem()));
    if (!out) return {};
    X509_NAME_print_ex(out.get(), X509_get_subject_name(sk_X509_value(signers.get(), 0)), 0,
                       XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* text = nullptr;
    auto size = BIO_get_mem_data(out.get(), &text);
    return plain({text, static_cast<std::size_t>(std::max(0L, size))});
}

// --- who signed it ---

// The certificate and its chain are looked at as of the stamp's own time: what was stamped while
// they were valid stays so.
Status check_signature(PKCS7* token, X509_STORE* store, Instant time) {
    auto* rules = X509_STORE_get0_param(store);
    X509_VERIFY_PARAM_set_time(rules, static_cast<std::time_t>(time.ms / 1000));
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
    Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free> check(TS_VERIFY_CTX_new());
    if (!check || X509_STORE_up_ref(store) != 1) return internal("no memory to check a time stamp");
    TS_VERIFY_CTX_set_flags(check.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
#if OPENSSL_VERSION_PREREQ(3, 4)
    TS_VERIFY_CTX_set0_store(check.get(), store);
#else
    TS_VERIFY_CTX_set_store(check.get(), store);
#endif
    ERR_clear_error();
    if (TS_RESP_verify_token(check.get(), token) == 1) return {};
    return rejected("the time stamp is not signed by a pinned authority that was valid then: " +
                    openssl_reason());
}

}  // namespace

// --- certificates ---

std::shared_ptr<x509_store_st> Authorities::open() const {
    std::shared_ptr<x509_store_st> store(X509_STORE_new(), X509_STORE_free);
    std::error_code error;
    bool found = false;
    auto add = [&](const std::string& file) {
        found |= store && X509_STORE_load_file(store.get(), file.c_str()) == 1;
    };
    if (std::filesystem::is_directory(path_, error)) {
        std::filesystem::directory_iterator at(path_, error), end;
        for (; !error && at != end; at.increment(error))
            if (at->is_regular_file(error)) add(at->path());
    } else {
        add(path_);
    }
    ERR_clear_error();
    return found ? store : nullptr;
}

Result<Authorities> Authorities::load(const std::string& path) {
    Authorities out(path);
    if (!out.open()) {
        Error error = invalid("tsa_ca", path + " has no certificate in PEM that can be read");
        error.remedy = "put the certificate of the authority, or of the one above it, there";
        return error;
    }
    return out;
}

// --- queries and replies ---

Result<Bytes> timestamp_query(std::string_view text) {
    std::array<std::uint8_t, 8> nonce{};
    if (RAND_bytes(nonce.data(), nonce.size()) != 1)
        return unavailable("libcrypto has no randomness for a nonce");
    auto hash = hash_of(text);
    Query query(TS_REQ_new());
    Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
    Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
    Owned<BIGNUM, BN_free> number(BN_bin2bn(nonce.data(), nonce.size(), nullptr));
    Integer integer(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
    bool made = query && imprint && algorithm && integer &&
                X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) &&
                TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) &&
                TS_MSG_IMPRINT_set_msg(imprint.get(), hash.data(), static_cast<int>(hash.size())) &&
                TS_REQ_set_version(query.get(), 1) &&
                TS_REQ_set_msg_imprint(query.get(), imprint.get()) &&
                TS_REQ_set_nonce(query.get(), integer.get()) && TS_REQ_set_cert_req(query.get(), 1);
    if (!made) return internal("no time stamp query could be made: " + openssl_reason());
    return written(query.get(), i2d_TS_REQ);
}

Result<CheckedStamp> check_reply(ByteView reply, std::string_view text,
                                 const Authorities& authorities, ByteView query) {
    auto received = receive(reply);
    if (!received) return received.error();
    auto* token = received->token.get();
    Info info(PKCS7_to_TS_TST_INFO(token));
    ERR_clear_error();
    if (!info || TS_TST_INFO_get_version(info.get()) != 1)
        return garbage("there is no time stamp of version 1 in it");
    if (auto status = check_imprint(info.get(), text); !status) return status.error();
    if (auto status = check_nonce(info.get(), query); !status) return status.error();
    auto time = time_of(TS_TST_INFO_get_time(info.get()));
    if (!time) return time.error();
    auto store = authorities.open();
    if (!store) return invalid("tsa_ca", authorities.path_ + " can be read no more");
    if (auto status = check_signature(token, store.get(), *time); !status) return status.error();
    auto kept =
        received->reply.empty() ? reply_around(token) : Result<Bytes>(std::move(received->reply));
    if (!kept) return kept.error();
    return CheckedStamp{{*time, accuracy_of(info.get()), serial_of(info.get()),
                         policy_of(info.get()), signer_of(token)},
                        std::move(*kept)};
}

Result<Stamp> check_timestamp(ByteView reply, std::string_view checkpoint_text,
                              const std::string& authorities) {
    auto pinned = Authorities::load(authorities);
    if (!pinned) return pinned.error();
    auto checked = check_reply(reply, checkpoint_text, *pinned);
    if (!checked) return checked.error();
    return checked->stamp;
}

}  // namespace seals::evidence
