// Client: the API of sealsd for a program that may wait. One request at a time over a Unix socket;
// the connection is kept between calls. One thread at a time.
//
// A reply of sealsd is a Reply, whatever its status: a problem stands in `problem`. An Error is for
// what did not come to a reply: Code::unavailable when nothing happened, Code::timeout when the
// outcome of a POST is unknown or the time is up.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.hpp"
#include "client/channel.hpp"
#include "client/response.hpp"

namespace seals::client {

struct Reply {
    int status = 0;
    std::string type;              // "application/json"
    std::string text;              // the body as it came; of a stream: its last line
    Value body;                    // the same parsed, when it is JSON
    std::optional<Error> problem;  // set for every status but 2xx
};

using Headers = std::vector<std::pair<std::string_view, std::string>>;

struct Ask {
    std::string method = "GET";
    std::string path;  // encoded; see url.hpp
    std::optional<Value> body{};
    Headers headers{};  // e.g. Idempotency-Key
    milliseconds deadline{30'000};
};

// A line of a stream, parsed and as it came. False: stop following.
using OnLine = std::function<bool(const Value& line, std::string_view text)>;

class Client {
  public:
    explicit Client(std::string socket_path) : path_(std::move(socket_path)) {}

    Result<Reply> call(const Ask& ask);
    Result<Reply> get(std::string path);
    Result<Reply> post(std::string path, Value body, Headers headers = {});

    // Follows NDJSON until its end: every line goes to `on_line`, heartbeats do not, and the last
    // one, which carries the code, is also the reply's body. `ask.deadline` is for the first line
    // and then anew for each. A stream that was cut because this side was slow is Code::unavailable
    // naming the gap. A reply that is no stream is returned as it is.
    Result<Reply> follow(const Ask& ask, const OnLine& on_line);

  private:
    Result<Channel> channel(Deadline deadline);
    Status send(Channel& channel, const Ask& ask, Deadline deadline);
    Result<Reply> receive(Channel& channel, const Ask& ask, Deadline deadline);

    std::string path_;
    std::optional<Channel> kept_;
};

// RFC 9457 back into an Error; a body that is no problem becomes one that names the status.
Error error_of(const Value& problem, int status);

}  // namespace seals::client
