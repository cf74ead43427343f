// HTTP/1.x requests as bytes become messages: an incremental parser that keeps its limits while it
// reads. It knows no socket and no route. Strict where leniency has cost others dearly: no folded
// headers, no second Content-Length, no Content-Length beside Transfer-Encoding. Pure, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seals::http {

struct Limits {
    std::size_t head = 8 * 1024;   // request line and headers together, bytes
    std::size_t body = 32 * 1024;  // bytes after decoding
    std::size_t headers = 64;      // how many
};

struct Message {
    std::string method;
    std::string target;                                        // as sent: still percent-encoded
    int minor = 1;                                             // HTTP/1.<minor>
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;
    bool keep_alive = true;

    const std::string* header(std::string_view name) const;  // the first of that name, or null
};

struct Fault {
    int status = 400;
    std::string detail;
};

class Parser {
  public:
    enum class State { more, done, failed };

    explicit Parser(Limits limits = {}) : limits_(limits) {}

    // Takes from the front of `input` what belongs to this request; what follows stays there.
    State feed(std::string& input);

    bool in_body() const { return phase_ != Phase::head; }
    bool expects_continue() const { return expects_continue_; }  // after the head was read
    const Fault& fault() const { return fault_; }
    Message take();  // after State::done; the parser is then ready for the next request

  private:
    enum class Phase { head, body, chunk_size, chunk_data, chunk_end, trailer, done, failed };

    bool step(std::string& input);  // false: needs more, or finished
    bool read_head(std::string& input);
    bool read_body(std::string& input);
    bool read_chunk_size(std::string& input);
    bool read_chunk_data(std::string& input);
    bool read_chunk_end(std::string& input);
    bool read_trailer(std::string& input);
    bool parse_head(std::string_view head);
    bool parse_request_line(std::string_view line);
    bool parse_header(std::string_view line);
    bool plan_body();
    bool plan_length(std::string_view text);
    bool fail(int status, std::string detail);

    Limits limits_;
    Phase phase_ = Phase::head;
    Message message_;
    Fault fault_;
    std::size_t wanted_ = 0;   // bytes left of the body or of the chunk
    std::size_t trailer_ = 0;  // bytes of trailer seen
    bool expects_continue_ = false;
};

std::string_view reason_of(int status);  // "Not Found"

}  // namespace seals::http
