// Responder: the duty to answer one request, and Stream, the same duty spread over many lines.
// Both are move-only, belong to the loop thread (their destructors, too), and may outlive the
// client: what is said to nobody is dropped quietly. A Responder that dies unanswered answers 500.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::http {
struct Exchange;  // one request in progress; shared with its connection
struct Response;
}  // namespace seals::http

namespace seals::api {

http::Response problem_response(const Error& error, int http, std::string allow = {});

// NDJSON. Blank lines are heartbeats (JSON text sequences read by jq and the like skip them). A
// reader that lets 256 KiB pile up gets {"gap":true} as its last line and is closed.
class Stream {
  public:
    Stream(Stream&&) noexcept;
    Stream& operator=(Stream&&) noexcept;
    ~Stream();  // not ended: the last line is a problem with code "internal"

    bool write(const Value& line);           // false: the client has gone or was too slow
    bool write_line(std::string_view json);  // the same for ready JSON text without newline
    bool open() const;
    std::size_t room() const;  // bytes that may be written before the reader counts as too slow

    void on_room(std::function<void()> task);   // once, when most of the room is free again
    void on_close(std::function<void()> task);  // once, when the client has gone before end();
                                                // never from within a call of ours
    void end(const Value& last);                // `last` must carry "code"
    void end(Code code);
    void end(const Error& error);  // the last line is the problem

  private:
    friend class Responder;
    explicit Stream(std::shared_ptr<http::Exchange> exchange);
    std::shared_ptr<http::Exchange> exchange_;
};

class Responder {
  public:
    explicit Responder(std::shared_ptr<http::Exchange> exchange);
    Responder(Responder&&) noexcept;
    Responder& operator=(Responder&&) noexcept;
    ~Responder();

    bool alive() const;  // false once the client has gone
    void reply(int http, const Value& body);
    void reply_json(int http, std::string body);  // ready JSON text
    void problem(const Error& error, int http = 0);
    Stream start_stream();

  private:
    std::shared_ptr<http::Exchange> exchange_;
};

}  // namespace seals::api
