#include "receive.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include <openssl/evp.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/value.hpp"
#include "spool.hpp"
#include "wire/json.hpp"

namespace seals {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;
constexpr std::int64_t kDrainBytes = 8 << 20;

class Sha256 {
  public:
    Sha256() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
    void take(ByteView bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
    std::string hex() {
        Hash hash{};
        EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr);
        return to_hex(hash);
    }

  private:
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Result<uid_t> peer_uid(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return internal("an upload must come over a connected Unix socket: " +
                        std::string(std::strerror(errno)));
    return peer.uid;
}

Status wait_readable(int socket, milliseconds wait) {
    auto until = Steady::now() + wait;
    for (;;) {
        auto left = std::chrono::ceil<milliseconds>(until - Steady::now());
        pollfd one{socket, POLLIN, 0};
        int n = ::poll(&one, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (n > 0) return {};
        if (n == 0)
            return Error{Code::timeout, "the upload stood still or took too long", "send it again"};
        if (errno != EINTR) return unavailable(std::string("poll: ") + std::strerror(errno));
    }
}

// Returns 0 when the peer has shut its side down.
Result<std::size_t> read_some(int socket, std::vector<std::uint8_t>& into) {
    for (;;) {
        auto got = ::recv(socket, into.data(), into.size(), 0);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR)
            return unavailable(std::string("the upload broke off: ") + std::strerror(errno));
    }
}

struct Upload {
    std::string sha256;
    std::int64_t size = 0;
};

Result<Upload> store(int socket, const Reception& reception, SpoolFile& file) {
    std::vector<std::uint8_t> piece(64 * 1024);
    Sha256 hash;
    Upload upload;
    auto until = Steady::now() + reception.in_all;
    for (;;) {
        auto left = std::chrono::ceil<milliseconds>(until - Steady::now());
        if (auto status = wait_readable(socket, std::min(left, reception.idle)); !status)
            return status.error();
        auto got = read_some(socket, piece);
        if (!got) return got.error();
        if (*got == 0) break;
        upload.size += static_cast<std::int64_t>(*got);
        if (upload.size > reception.most_bytes)
            return invalid("file", "the file is larger than " +
                                       std::to_string(reception.most_bytes) + " bytes");
        ByteView bytes(piece.data(), *got);
        hash.take(bytes);
        if (auto status = file.write(bytes); !status) return status.error();
    }
    if (upload.size == 0) return invalid("file", "the file is empty");
    upload.sha256 = hash.hex();
    return upload;
}

Result<Upload> receive(int socket, const Reception& reception) {
    auto uid = peer_uid(socket);
    if (!uid) return uid.error();
    sweep_spool(reception.spool);
    auto file = SpoolFile::create(reception.spool);
    if (!file) return file.error();
    auto upload = store(socket, reception, *file);
    if (!upload) return upload;
    if (auto status = file->publish(upload->sha256 + "." + std::to_string(*uid)); !status)
        return status.error();
    return upload;
}

// A peer that is still sending would not see the answer; what it sends is thrown away for a while.
void answer(int socket, const Value& value, bool drain) {
    auto line = wire::dump_json(value) + "\n";
    (void)::send(socket, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::shutdown(socket, SHUT_WR);
    std::vector<std::uint8_t> piece(64 * 1024);
    for (std::int64_t thrown = 0; drain && thrown < kDrainBytes;) {
        if (!wait_readable(socket, milliseconds{1000})) return;
        auto got = read_some(socket, piece);
        if (!got || *got == 0) return;
        thrown += static_cast<std::int64_t>(*got);
    }
}

}  // namespace

Status receive_upload(int socket, const Reception& reception) {
    auto upload = receive(socket, reception);
    if (!upload) {
        const auto& error = upload.error();
        answer(socket, Value::Object{{"code", row_of(error.code).name}, {"detail", error.detail}},
               true);
        return error;
    }
    answer(socket, Value::Object{{"sha256", upload->sha256}, {"size", upload->size}}, false);
    return {};
}

}  // namespace seals
