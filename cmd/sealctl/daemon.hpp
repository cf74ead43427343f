// Daemon: sealsd as the commands see it. Adds the language and, to what changes something, the
// Idempotency-Key: one for the whole command. Blocks; one thread. Errors as client/client.hpp says.
#pragma once

#include <chrono>
#include <string>

#include "client/client.hpp"
#include "settings.hpp"

namespace seals::sealctl {

using client::Reply;

inline constexpr milliseconds kSoon = std::chrono::seconds(30);
inline constexpr milliseconds kLong = std::chrono::hours(2);  // imports, verification

class Daemon {
  public:
    explicit Daemon(const Settings& settings);

    Result<Reply> get(std::string path, milliseconds deadline = kSoon);
    // The strings of `body` are wiped after it was sent: there may be a PIN among them.
    Result<Reply> post(std::string path, Value body, milliseconds deadline = kSoon);
    // `quiet` is the longest silence; heartbeats end it.
    Result<Reply> follow(std::string path, const client::OnLine& on_line,
                         milliseconds quiet = std::chrono::minutes(2));

    // The same for what changes something; its Idempotency-Key goes along.
    Result<Reply> post_follow(std::string path, Value body, const client::OnLine& on_line,
                              milliseconds quiet = std::chrono::minutes(2));

    const std::string& socket() const { return socket_; }
    const std::string& key() const { return key_; }

  private:
    client::Headers headers(bool changes) const;

    std::string socket_, key_;
    Language language_;
    client::Client client_;
};

}  // namespace seals::sealctl
