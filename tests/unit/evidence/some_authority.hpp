// A time-stamping authority (RFC 3161) made by OpenSSL in this process: a root, a certificate under
// it, and replies at any time, right or wrong in the way that a test asks for.
#pragma once

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include "base/bytes.hpp"

namespace seals::evidence {

inline void must(bool holds) {
    if (!holds) std::abort();
}

class SomeAuthority {
  public:
    // Certificates are valid from `from` for a day.
    explicit SomeAuthority(std::time_t from, const char* usage = "critical,timeStamping")
        : folder_(made_folder()), root_key_(EVP_EC_gen("P-256")), key_(EVP_EC_gen("P-256")) {
        root_ = certificate("Some Root", "Some Root", root_key_, root_key_, from,
                            {{NID_basic_constraints, "critical,CA:TRUE"}});
        cert_ =
            certificate("Some Authority", "Some Root", key_, root_key_, from,
                        {{NID_ext_key_usage, usage}, {NID_key_usage, "critical,digitalSignature"}});
        write(folder_ + "/root.pem", root_);
        write(folder_ + "/authority.pem", cert_);
    }
    ~SomeAuthority() {
        X509_free(root_);
        X509_free(cert_);
        EVP_PKEY_free(root_key_);
        EVP_PKEY_free(key_);
        std::filesystem::remove_all(folder_);
    }
    SomeAuthority(const SomeAuthority&) = delete;
    SomeAuthority& operator=(const SomeAuthority&) = delete;

    std::string root() const { return folder_ + "/root.pem"; }
    std::string own() const { return folder_ + "/authority.pem"; }
    const std::string& folder() const { return folder_; }

    Bytes reply(ByteView query, std::time_t time) {
        time_ = time;
        auto* ctx = TS_RESP_CTX_new();
        must(TS_RESP_CTX_set_signer_cert(ctx, cert_) == 1);
        must(TS_RESP_CTX_set_signer_key(ctx, key_) == 1);
        must(TS_RESP_CTX_set_signer_digest(ctx, EVP_sha256()) == 1);
        auto* policy = OBJ_txt2obj("1.2.3.4.1", 1);
        must(TS_RESP_CTX_set_def_policy(ctx, policy) == 1);
        ASN1_OBJECT_free(policy);
        must(TS_RESP_CTX_add_md(ctx, EVP_sha256()) == 1);
        must(TS_RESP_CTX_set_accuracy(ctx, 1, 500, 0) == 1);
        TS_RESP_CTX_set_serial_cb(ctx, serial, nullptr);
        TS_RESP_CTX_set_time_cb(ctx, now, this);
        auto* bio = BIO_new_mem_buf(query.data(), static_cast<int>(query.size()));
        auto* response = TS_RESP_create_response(ctx, bio);
        must(response != nullptr);
        Bytes out(static_cast<std::size_t>(i2d_TS_RESP(response, nullptr)));
        auto* at = out.data();
        i2d_TS_RESP(response, &at);
        TS_RESP_free(response);
        BIO_free(bio);
        TS_RESP_CTX_free(ctx);
        return out;
    }

  private:
    struct Extension {
        int nid;
        const char* value;
    };

    static std::string made_folder() {
        std::string path = "/tmp/authority-XXXXXX";
        return ::mkdtemp(path.data());
    }
    static ASN1_INTEGER* serial(TS_RESP_CTX*, void*) {
        auto* out = ASN1_INTEGER_new();
        ASN1_INTEGER_set(out, 0x1234);
        return out;
    }
    static int now(TS_RESP_CTX*, void* self, long* seconds, long* micros) {
        *seconds = static_cast<SomeAuthority*>(self)->time_;
        *micros = 0;
        return 1;
    }
    static void name(X509_NAME* to, const char* text) {
        X509_NAME_add_entry_by_txt(to, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
    }
    static X509* certificate(const char* subject, const char* issuer, EVP_PKEY* key, EVP_PKEY* by,
                             std::time_t from, std::initializer_list<Extension> extensions) {
        auto* out = X509_new();
        X509_set_version(out, 2);
        static long number = 0;
        ASN1_INTEGER_set(X509_get_serialNumber(out), ++number);
        ASN1_TIME_set(X509_getm_notBefore(out), from);
        ASN1_TIME_set(X509_getm_notAfter(out), from + 86'400);
        name(X509_get_subject_name(out), subject);
        name(X509_get_issuer_name(out), issuer);
        X509_set_pubkey(out, key);
        for (const auto& [nid, value] : extensions) {
            auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
            must(extension != nullptr);
            X509_add_ext(out, extension, -1);
            X509_EXTENSION_free(extension);
        }
        must(X509_sign(out, by, EVP_sha256()) > 0);
        return out;
    }
    static void write(const std::string& path, X509* certificate) {
        auto* file = std::fopen(path.c_str(), "w");
        must(file != nullptr && PEM_write_X509(file, certificate) == 1);
        std::fclose(file);
    }

    std::string folder_;
    EVP_PKEY* root_key_;
    EVP_PKEY* key_;
    X509* root_ = nullptr;
    X509* cert_ = nullptr;
    std::time_t time_ = 0;
};

}  // namespace seals::evidence
