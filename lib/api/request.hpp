// Request: what a handler gets. bind_request() makes it of an HTTP message, the route table and the
// caller, or says why not: Origin, path, method, role, query and body are checked in this order,
// before any handler runs. Pure, any thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <variant>

#include "api/actor.hpp"
#include "api/router.hpp"
#include "base/value.hpp"
#include "http/parser.hpp"
#include "words/texts.hpp"

namespace seals::api {

struct Request {
    const Row* row = nullptr;                   // lives as long as the server
    std::string path;                           // as sent
    std::map<std::string, std::string> params;  // "{id}" -> decoded text
    std::map<std::string, std::string> query;   // decoded; only names that the row knows
    Value body;                                 // null when there is none
    std::string idempotency_key;                // empty when there is none
    Language language = Language::en;           // of Accept-Language, for people
    Caller caller;

    std::string param(const std::string& name) const;  // empty when absent
    std::string text(const std::string& name, std::string fallback = {}) const;  // of the query
    // Code::invalid when it is given and no number in the range.
    Result<std::int64_t> number(const std::string& name, std::int64_t fallback, std::int64_t least,
                                std::int64_t most) const;
    bool flag(const std::string& name) const;  // "1" or "true"
};

struct Refusal {
    Error error;
    int status = 0;     // 0: the code's own
    std::string allow;  // for 405
};

struct Bound {
    std::size_t row = 0;
    Request request;
};

std::variant<Bound, Refusal> bind_request(const http::Message& message, const Router& router,
                                          std::span<const Row> rows, const Caller& caller);

}  // namespace seals::api
