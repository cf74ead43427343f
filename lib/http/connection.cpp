#include "http/connection.hpp"

#include <array>
#include <cerrno>
#include <charconv>

#include <poll.h>
#include <sys/socket.h>

#include "loop/system_clock.hpp"

namespace seals::http {
namespace {

constexpr std::size_t kReadAhead = 64 * 1024;  // bytes held while a request is worked on
constexpr std::size_t kFlushAt = 16 * 1024;    // a stream's lines are gathered up to this

std::string hex_of(std::size_t number) {
    std::array<char, 16> digits;
    auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    return {digits.data(), end};
}

}  // namespace

void Exchange::tell_closed() {
    if (!on_close) return;
    loop->post([task = std::exchange(on_close, nullptr)] { task(); });
}

// A task that may run after this object is gone, and keeps it alive while it runs.
template <class Task>
std::function<void()> Connection::safely(Task task) {
    return [weak = weak_from_this(), task] {
        if (auto self = weak.lock()) task(*self);
    };
}

Connection::Connection(loop::Loop& loop, Fd fd, const ConnectionLimits& limits, const Owner& owner)
    : loop_(loop),
      fd_(std::move(fd)),
      limits_(limits),
      owner_(owner),
      parser_(limits.http),
      idle_since_(loop::boottime_ms()) {}

Connection::~Connection() {
    if (exchange_) exchange_->open = false;
}

void Connection::start() {
    readable_ = loop_.readable(fd_.get(), safely([](Connection& self) { self.on_readable(); }));
}

void Connection::close() {
    if (mode_ == Mode::closed) return;
    mode_ = Mode::closed;
    readable_ = {};
    writable_ = {};
    fd_.reset();
    if (auto exchange = std::move(exchange_)) {
        exchange->open = false;
        exchange->on_room = nullptr;
        exchange->tell_closed();
    }
    owner_.on_closed(*this);
}

// --- reading ---

void Connection::on_readable() {
    std::array<char, 16 * 1024> room;
    auto got = ::recv(fd_.get(), room.data(), room.size(), 0);
    if (got < 0) {
        if (errno != EAGAIN && errno != EINTR) close();
        return;
    }
    if (got == 0) return on_eof();
    if (mode_ != Mode::normal) return;  // lingering: read, so that the client reads, too
    if (request_since_ == 0) request_since_ = loop::boottime_ms();
    in_.append(room.data(), static_cast<std::size_t>(got));
    process();
    // Who sends ahead without taking answers waits until there is room again.
    if (in_.size() > kReadAhead) readable_ = {};
}

// A client may end its side and still wait for the answer; only a full hang-up ends the exchange.
void Connection::on_eof() {
    eof_ = true;
    readable_ = {};
    bool waits = exchange_ || pending() > 0;
    if (mode_ == Mode::lingering || hung_up() || !waits) close();
}

bool Connection::hung_up() const {
    pollfd probe{fd_.get(), 0, 0};
    return ::poll(&probe, 1, 0) == 1 && (probe.revents & (POLLHUP | POLLERR)) != 0;
}

void Connection::process() {
    if (mode_ != Mode::normal || exchange_ || pending() > 0) return;
    switch (parser_.feed(in_)) {
        case Parser::State::done:
            return begin_request();
        case Parser::State::failed:
            return refuse_request(parser_.fault().status, parser_.fault().detail);
        case Parser::State::more:
            break;
    }
    if (eof_) return close();
    if (parser_.in_body() && parser_.expects_continue() && !continued_) {
        continued_ = true;
        send("HTTP/1.1 100 Continue\r\n\r\n");
    }
}

void Connection::process_later() {
    loop_.post(safely([](Connection& self) { self.process(); }));
}

void Connection::begin_request() {
    auto message = parser_.take();
    request_since_ = 0;
    continued_ = false;
    keep_alive_ = message.keep_alive;
    minor_ = message.minor;
    exchange_ = std::make_shared<Exchange>();
    exchange_->connection = weak_from_this();
    exchange_->loop = &loop_;
    owner_.on_request(shared_from_this(), std::move(message));
}

void Connection::refuse_request(int status, const std::string& detail) {
    request_since_ = 0;
    keep_alive_ = false;
    respond(owner_.on_fault({status, detail}));
}

// --- writing ---

void Connection::respond(Response response) {
    auto head = "HTTP/1.1 " + std::to_string(response.http) + " ";
    head += reason_of(response.http);
    head += "\r\nContent-Type: " + response.type;
    head += "\r\nContent-Length: " + std::to_string(response.body.size()) + "\r\n";
    if (!response.allow.empty()) head += "Allow: " + response.allow + "\r\n";
    head +=
        keep_alive_ ? (minor_ == 0 ? "Connection: keep-alive\r\n" : "") : "Connection: close\r\n";
    finish_exchange();
    send(head + "\r\n" + response.body);
}

void Connection::start_stream() {
    streaming_ = true;
    chunked_ = minor_ == 1;
    if (!chunked_) keep_alive_ = false;
    spoke_ = loop::boottime_ms();
    std::string head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nCache-Control: no-store\r\n";
    if (chunked_) head += "Transfer-Encoding: chunked\r\n";
    if (!keep_alive_) head += "Connection: close\r\n";
    send(head + "\r\n");
}

bool Connection::write_line(std::string_view json) {
    if (pending() > 0 && json.size() > room()) {
        cut_slow_reader();
        return false;
    }
    send_chunk(std::string(json) + "\n");
    return mode_ == Mode::normal;
}

void Connection::end_stream(std::string_view last) {
    send_chunk(std::string(last) + "\n");
    if (mode_ == Mode::closed) return;
    if (chunked_) out_ += "0\r\n\r\n";
    finish_exchange();
    flush();
}

std::size_t Connection::room() const {
    return pending() < limits_.watermark ? limits_.watermark - pending() : 0;
}

void Connection::tell_room() {
    if (!exchange_ || !exchange_->on_room || pending() > limits_.watermark / 4) return;
    loop_.post([exchange = exchange_] {
        if (auto task = std::exchange(exchange->on_room, nullptr)) task();
    });
}

void Connection::cut_slow_reader() {
    auto exchange = exchange_;
    keep_alive_ = false;
    end_stream(R"({"gap":true})");
    exchange->open = false;
    exchange->on_room = nullptr;
    exchange->tell_closed();
}

void Connection::finish_exchange() {
    exchange_.reset();
    streaming_ = false;
    idle_since_ = loop::boottime_ms();
    if (!in_.empty()) request_since_ = idle_since_;
    if (!keep_alive_) mode_ = Mode::closing;
}

void Connection::send_chunk(std::string_view bytes) {
    spoke_ = loop::boottime_ms();
    if (pending() == 0) progress_ = spoke_;
    if (chunked_) out_ += hex_of(bytes.size()) + "\r\n";
    out_ += bytes;
    if (chunked_) out_ += "\r\n";
    if (writable_) return;  // the client is behind; the watch will flush
    return pending() >= kFlushAt ? flush() : flush_soon();
}

void Connection::send(std::string_view bytes) {
    if (pending() == 0) progress_ = loop::boottime_ms();
    out_ += bytes;
    flush();
}

void Connection::flush_soon() {
    if (std::exchange(flush_posted_, true)) return;
    loop_.post(safely([](Connection& self) {
        self.flush_posted_ = false;
        self.flush();
    }));
}

void Connection::flush() {
    if (mode_ == Mode::closed || mode_ == Mode::lingering) return;
    while (pending() > 0) {
        auto wrote = ::send(fd_.get(), out_.data() + sent_, pending(), MSG_NOSIGNAL);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0 && errno != EAGAIN) return close();
        if (wrote < 0) break;
        sent_ += static_cast<std::size_t>(wrote);
        progress_ = loop::boottime_ms();
    }
    if (pending() == 0) return drained();
    if (sent_ > kReadAhead) {
        out_.erase(0, sent_);
        sent_ = 0;
    }
    if (!writable_)
        writable_ = loop_.writable(fd_.get(), safely([](Connection& self) { self.flush(); }));
    tell_room();
}

void Connection::drained() {
    out_.clear();
    if (out_.capacity() > kReadAhead) out_.shrink_to_fit();
    sent_ = 0;
    writable_ = {};
    if (mode_ == Mode::closing) return linger();
    tell_room();
    if (exchange_) return;
    if (!readable_ && !eof_ && in_.size() <= kReadAhead) start();
    if (!in_.empty() || eof_) process_later();
}

// The client may still be sending: closing with unread bytes would throw our answer away.
void Connection::linger() {
    if (eof_) return close();
    mode_ = Mode::lingering;
    in_.clear();
    linger_until_ = loop::boottime_ms() + limits_.linger.count();
    ::shutdown(fd_.get(), SHUT_WR);
    if (!readable_) start();
}

// --- time ---

void Connection::tick(std::int64_t now_ms) {
    if (mode_ == Mode::closed) return;
    if (!readable_ && hung_up()) return close();
    if (mode_ == Mode::lingering) {
        if (now_ms >= linger_until_) close();
        return;
    }
    if (pending() > 0) {
        if (now_ms - progress_ >= limits_.write.count()) close();
        return;
    }
    if (streaming_) {
        if (now_ms - spoke_ >= limits_.heartbeat.count()) send_chunk("\n");
        return;
    }
    if (!exchange_) check_deadlines(now_ms);
}

void Connection::check_deadlines(std::int64_t now_ms) {
    if (request_since_ != 0 && now_ms - request_since_ >= limits_.request.count())
        return refuse_request(408, "the request did not arrive within " +
                                       std::to_string(limits_.request.count()) + " ms");
    if (now_ms - idle_since_ >= limits_.idle.count()) close();
}

}  // namespace seals::http
