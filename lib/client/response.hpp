// ResponseParser: an HTTP/1.x response as its bytes arrive: head, then the body decoded from its
// length, its chunks, or the close of the connection. Limits hold while it reads; what breaks them
// or the grammar is Code::unavailable (the other side is not sealsd). Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace seals::client {

struct ResponseHead {
    int status = 0;
    std::string type;  // Content-Type without parameters, lower case
    bool keep_alive = true;
};

class ResponseParser {
  public:
    explicit ResponseParser(std::size_t most_body) : most_body_(most_body) {}

    // Takes what it can off the front of `input`; body bytes are appended to `body`.
    Status feed(std::string& input, std::string& body);
    Status finish();  // the stream has ended: is the response whole?

    bool has_head() const { return phase_ != Phase::head; }
    bool done() const { return phase_ == Phase::done; }
    const ResponseHead& head() const { return head_; }

  private:
    enum class Phase {
        head,
        length,
        chunk_size,
        chunk_data,
        chunk_end,
        trailer,
        until_close,
        done
    };

    Result<bool> step(std::string& input, std::string& body);  // false: needs more
    Result<bool> read_head(std::string& input);
    Status parse_head(std::string_view text);
    Status parse_header(std::string_view name, std::string_view value);
    Result<bool> read_bytes(std::string& input, std::string& body, Phase next);
    Result<bool> read_line(std::string& input);  // chunk size, chunk end or trailer
    Status plan_chunk(std::string_view line);
    Status count(std::size_t size);

    std::size_t most_body_;
    Phase phase_ = Phase::head;
    ResponseHead head_;
    std::uint64_t left_ = 0;  // of the body or chunk
    std::size_t taken_ = 0;   // of the body
};

}  // namespace seals::client
