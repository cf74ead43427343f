// Connection: one client of the socket. It reads requests, one at a time, hands each on, and writes
// what it is told: one response, or a stream of JSON lines. Hang-ups are noticed as they happen,
// also while a request is being worked on. Deadlines are absolute and checked by tick(). Loop
// thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/fd.hpp"
#include "http/parser.hpp"
#include "loop/loop.hpp"

namespace seals::http {

struct ConnectionLimits {
    Limits http{};
    milliseconds request{10'000};        // from a request's first byte to its last
    milliseconds idle{60'000};           // without any request
    milliseconds write{30'000};          // without the client taking a byte
    milliseconds linger{2'000};          // to let a refused client read why
    milliseconds heartbeat{20'000};      // a blank line on a silent stream
    std::size_t watermark = 256 * 1024;  // unsent bytes of a stream
};

class Connection;

struct Exchange {
    std::weak_ptr<Connection> connection;
    loop::Loop* loop = nullptr;
    bool open = true;  // the client can still be told
    std::function<void()> on_close{};
    std::function<void()> on_room{};

    void tell_closed();  // posts on_close, once
};

struct Response {
    int http = 200;
    std::string type;
    std::string body;   // as it goes out
    std::string allow;  // for 405
};

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    struct Owner {
        std::function<void(const std::shared_ptr<Connection>&, Message)> on_request;
        std::function<Response(const Fault&)>
            on_fault;                                // what is said of bytes that are no request
        std::function<void(Connection&)> on_closed;  // may drop the last reference
    };

    Connection(loop::Loop& loop, Fd fd, const ConnectionLimits& limits, const Owner& owner);
    ~Connection();

    void start();
    void tick(std::int64_t now_ms);
    void close();  // at once; the exchange learns of it
    int descriptor() const { return fd_.get(); }
    std::shared_ptr<Exchange> exchange() const { return exchange_; }
    void mark_surplus() { surplus_ = true; }  // over the cap: to be answered 503 and closed
    bool surplus() const { return surplus_; }
    void close_after_reply() { keep_alive_ = false; }
    // A request is worked on, or its answer not yet taken; followers of a stream wait for none.
    bool owes_answer() const { return !streaming_ && (exchange_ || pending() > 0); }

    // --- for whoever answers, while the exchange is open ---
    void respond(Response response);
    void start_stream();
    bool write_line(std::string_view json);
    void end_stream(std::string_view last);
    std::size_t room() const;
    void tell_room();

  private:
    enum class Mode { normal, closing, lingering, closed };

    void on_readable();
    void on_eof();
    bool hung_up() const;
    void process();
    void process_later();
    void begin_request();
    void refuse_request(int status, const std::string& detail);
    void finish_exchange();
    void send(std::string_view bytes);
    void send_chunk(std::string_view bytes);
    void flush();
    void flush_soon();
    void drained();
    void linger();
    void cut_slow_reader();
    void check_deadlines(std::int64_t now_ms);
    std::size_t pending() const { return out_.size() - sent_; }
    template <class Task>
    std::function<void()> safely(Task task);

    loop::Loop& loop_;
    Fd fd_;
    const ConnectionLimits& limits_;
    const Owner& owner_;
    loop::Watch readable_;
    loop::Watch writable_;

    Mode mode_ = Mode::normal;
    Parser parser_;
    std::string in_;
    std::string out_;
    std::size_t sent_ = 0;  // of out_
    bool eof_ = false;      // the client will send no more
    bool continued_ = false;
    bool keep_alive_ = true;
    bool surplus_ = false;
    bool streaming_ = false;
    bool chunked_ = false;
    bool flush_posted_ = false;
    int minor_ = 1;
    std::shared_ptr<Exchange> exchange_;

    std::int64_t idle_since_ = 0;
    std::int64_t request_since_ = 0;  // 0: no byte of a request is here
    std::int64_t progress_ = 0;       // the client last took a byte
    std::int64_t spoke_ = 0;          // a stream last said something
    std::int64_t linger_until_ = 0;
};

}  // namespace seals::http
