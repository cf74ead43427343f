#include "daemon.hpp"

#include <array>

#include <sys/random.h>

#include "base/bytes.hpp"
#include "secret.hpp"

namespace seals::sealctl {
namespace {

// Unique is enough: it names a command, it protects nothing.
std::string fresh_key() {
    std::array<std::uint8_t, 16> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
    return to_hex(bytes);
}

}  // namespace

Daemon::Daemon(const Settings& settings)
    : socket_(settings.socket),
      key_(settings.key.empty() ? fresh_key() : settings.key),
      language_(settings.language),
      client_(settings.socket) {}

client::Headers Daemon::headers(bool changes) const {
    client::Headers headers{{"Accept-Language", language_ == Language::zh_CN ? "zh-CN" : "en"}};
    if (changes && !key_.empty()) headers.emplace_back("Idempotency-Key", key_);
    return headers;
}

Result<Reply> Daemon::get(std::string path, milliseconds deadline) {
    return client_.call({"GET", std::move(path), {}, headers(false), deadline});
}

// A call without members says so by an empty object: null would be a body of the wrong type.
Result<Reply> Daemon::post(std::string path, Value body, milliseconds deadline) {
    if (body.is_null()) body = Value{Value::Object{}};
    client::Ask ask{"POST", std::move(path), std::move(body), headers(true), deadline};
    auto reply = client_.call(ask);
    wipe(*ask.body);
    return reply;
}

Result<Reply> Daemon::follow(std::string path, const client::OnLine& on_line, milliseconds quiet) {
    return client_.follow({"GET", std::move(path), {}, headers(false), quiet}, on_line);
}

Result<Reply> Daemon::post_follow(std::string path, Value body, const client::OnLine& on_line,
                                  milliseconds quiet) {
    client::Ask ask{"POST", std::move(path), std::move(body), headers(true), quiet};
    auto reply = client_.follow(ask, on_line);
    wipe(*ask.body);
    return reply;
}

}  // namespace seals::sealctl
