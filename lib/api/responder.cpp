#include "api/responder.hpp"

#include "api/problem.hpp"
#include "base/log.hpp"
#include "http/connection.hpp"
#include "wire/json.hpp"

namespace seals::api {

http::Response problem_response(const Error& error, int http, std::string allow) {
    auto status = http == 0 ? row_of(error.code).http : http;
    return {status, kProblemType, wire::dump_json(problem_of(error, status)) + "\n",
            std::move(allow)};
}

Stream::Stream(std::shared_ptr<http::Exchange> exchange) : exchange_(std::move(exchange)) {}
Stream::Stream(Stream&&) noexcept = default;
Stream::~Stream() {
    if (exchange_ && exchange_->open) end(internal("the stream was dropped before its end"));
}

Stream& Stream::operator=(Stream&& other) noexcept {
    if (this != &other) {
        Stream old(std::move(*this));  // ends in its destructor
        exchange_ = std::move(other.exchange_);
    }
    return *this;
}

bool Stream::write(const Value& line) {
    return open() && write_line(wire::dump_json(line));
}

bool Stream::write_line(std::string_view json) {
    if (!open()) return false;
    auto connection = exchange_->connection.lock();
    return connection && connection->write_line(json);
}

bool Stream::open() const {
    return exchange_ && exchange_->open;
}

std::size_t Stream::room() const {
    if (!open()) return 0;
    auto connection = exchange_->connection.lock();
    return connection ? connection->room() : 0;
}

void Stream::on_room(std::function<void()> task) {
    if (!open()) return;
    exchange_->on_room = std::move(task);
    if (auto connection = exchange_->connection.lock()) connection->tell_room();
}

void Stream::on_close(std::function<void()> task) {
    if (!exchange_) return;
    exchange_->on_close = std::move(task);
    if (!exchange_->open && exchange_->loop != nullptr) exchange_->tell_closed();
}

void Stream::end(const Value& last) {
    auto exchange = std::move(exchange_);
    if (!exchange) return;
    exchange->on_close = nullptr;
    exchange->on_room = nullptr;
    auto connection = exchange->open ? exchange->connection.lock() : nullptr;
    if (connection) connection->end_stream(wire::dump_json(last));
}

void Stream::end(Code code) {
    Value last{Value::Object{}};
    last.add("code", row_of(code).name);
    end(last);
}

void Stream::end(const Error& error) {
    end(problem_of(error));
}

Responder::Responder(std::shared_ptr<http::Exchange> exchange) : exchange_(std::move(exchange)) {}
Responder::Responder(Responder&&) noexcept = default;
Responder::~Responder() {
    if (!alive()) return;
    log(Priority::error, "api", "a request was dropped without an answer");
    problem(Error{Code::internal, "the request was dropped without an answer",
                  "look into the journal of sealsd; the outcome is in the ledger"});
}

Responder& Responder::operator=(Responder&& other) noexcept {
    if (this != &other) {
        Responder old(std::move(*this));
        exchange_ = std::move(other.exchange_);
    }
    return *this;
}

bool Responder::alive() const {
    return exchange_ && exchange_->open;
}

void Responder::reply(int http, const Value& body) {
    reply_json(http, alive() ? wire::dump_json(body) : std::string{});
}

void Responder::reply_json(int http, std::string body) {
    auto exchange = std::move(exchange_);
    auto connection = exchange && exchange->open ? exchange->connection.lock() : nullptr;
    if (connection) connection->respond({http, "application/json", body + "\n", {}});
}

void Responder::problem(const Error& error, int http) {
    auto exchange = std::move(exchange_);
    auto connection = exchange && exchange->open ? exchange->connection.lock() : nullptr;
    if (connection) connection->respond(problem_response(error, http));
}

Stream Responder::start_stream() {
    auto exchange = std::move(exchange_);
    auto connection = exchange && exchange->open ? exchange->connection.lock() : nullptr;
    if (connection) connection->start_stream();
    return Stream(std::move(exchange));
}

}  // namespace seals::api
