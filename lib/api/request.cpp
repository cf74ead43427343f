#include "api/request.hpp"

#include <algorithm>
#include <charconv>

#include "api/problem.hpp"
#include "api/target.hpp"
#include "base/text.hpp"
#include "wire/json.hpp"

namespace seals::api {
namespace {

constexpr std::size_t kKeyBytes = 128;  // longest Idempotency-Key

// A browser sends these; nothing else that may speak here does.
Status check_origin(const http::Message& message) {
    for (const char* name : {"origin", "referer"})
        if (message.header(name) != nullptr)
            return Error{Code::denied,
                         std::string("requests with the header \"") + name +
                             "\" are refused: web "
                             "pages may not speak to this socket",
                         "send the request without that header"};
    return {};
}

// curl -d sends the form type unless told otherwise; the body must be JSON all the same.
Status check_content_type(const http::Message& message) {
    const auto* type = message.header("content-type");
    if (type == nullptr) return {};
    auto name = std::string(trimmed(std::string_view(*type).substr(0, type->find(';'))));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (name == "application/json" || name == "application/x-www-form-urlencoded") return {};
    return Error{Code::invalid, "a body of type \"" + name + "\" is not understood here",
                 "send JSON with Content-Type: application/json", "Content-Type"};
}

Status read_key(const http::Message& message, Request& to) {
    auto count = std::count_if(message.headers.begin(), message.headers.end(),
                               [](const auto& h) { return h.first == "idempotency-key"; });
    if (count == 0) return {};
    to.idempotency_key = *message.header("idempotency-key");
    const auto& key = to.idempotency_key;
    bool plain = std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (count == 1 && plain && !key.empty() && key.size() <= kKeyBytes) return {};
    return invalid("Idempotency-Key",
                   "Idempotency-Key must be one header of 1 to 128 visible "
                   "ASCII characters without spaces");
}

Status check_query(const Row& row, const std::map<std::string, std::string>& query) {
    for (const auto& given : query) {
        bool known = std::any_of(row.query.begin(), row.query.end(),
                                 [&](const Param& param) { return param.name == given.first; });
        if (!known)
            return invalid(given.first, "query parameter \"" + given.first + "\" is not known to " +
                                            std::string(row.pattern));
    }
    return {};
}

Status read_body(const http::Message& message, const Row& row, Request& to) {
    if (message.body.empty()) return {};
    if (!row.request) {
        // An empty object says as much as no body, and some clients cannot send none.
        auto value = wire::parse_json(message.body);
        bool empty = value && value->object() != nullptr && value->object()->empty();
        return empty ? Status{} : invalid("", std::string(row.pattern) + " takes no body");
    }
    auto value = wire::parse_json(message.body);
    if (!value) return Error{Code::invalid, "the body is " + value.error().detail};
    to.body = std::move(*value);
    return {};
}

// The first language named decides; we have two.
Language language_of(const http::Message& message) {
    const auto* wanted = message.header("accept-language");
    return wanted != nullptr && wanted->starts_with("zh") ? Language::zh_CN : Language::en;
}

Refusal refuse(Status status, int http = 0) {
    return {std::move(status.error()), http, {}};
}

Refusal refuse(const NoMatch& none, const std::string& method, const std::string& path) {
    if (none.status == 405)
        return {Error{Code::invalid, path + " does not take " + method, "use " + none.allow}, 405,
                none.allow};
    return {
        Error{Code::not_found, "there is no " + path, "GET /v1/schema lists what there is"}, 0, {}};
}

// What concerns the whole cabinet is not for a role that ends at some entities.
Status check_role(const Row& row, const Caller& caller) {
    if (auto status = caller.check(*row.role); !status) return status;
    if (!row.whole || caller.entities[static_cast<std::size_t>(*row.role)].empty()) return {};
    return Error{Code::denied,
                 std::string(row.pattern) + " concerns the whole cabinet, and the role \"" +
                     std::string(name_of(*row.role)) + "\" of uid " +
                     std::to_string(caller.peer.uid) + " ends at some entities",
                 "ask somebody whose role covers the cabinet; [roles] in seals.toml says who"};
}

}  // namespace

std::string Request::param(const std::string& name) const {
    auto found = params.find(name);
    return found == params.end() ? std::string{} : found->second;
}

std::string Request::text(const std::string& name, std::string fallback) const {
    auto found = query.find(name);
    if (found != query.end()) return found->second;
    return fallback;
}

Result<std::int64_t> Request::number(const std::string& name, std::int64_t fallback,
                                     std::int64_t least, std::int64_t most) const {
    auto found = query.find(name);
    if (found == query.end()) return fallback;
    const auto& text = found->second;
    std::int64_t number = 0;
    auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || number < least ||
        number > most)
        return invalid(name, "query parameter \"" + name + "\" must be a number from " +
                                 std::to_string(least) + " to " + std::to_string(most));
    return number;
}

bool Request::flag(const std::string& name) const {
    auto value = text(name);
    return value == "1" || value == "true";
}

std::variant<Bound, Refusal> bind_request(const http::Message& message, const Router& router,
                                          std::span<const Row> rows, const Caller& caller) {
    if (auto status = check_origin(message); !status) return refuse(std::move(status));
    auto target = parse_target(message.target);
    if (!target) return Refusal{target.error(), 0, {}};
    auto matched = router.match(message.method, target->segments);
    if (const auto* none = std::get_if<NoMatch>(&matched))
        return refuse(*none, message.method, target->path);
    auto& match = std::get<Match>(matched);
    const auto& row = rows[match.row];
    if (row.role)
        if (auto status = check_role(row, caller); !status) return refuse(std::move(status));
    if (auto status = check_query(row, target->query); !status) return refuse(std::move(status));
    Bound bound{match.row,
                {&row,
                 target->path,
                 std::move(match.params),
                 std::move(target->query),
                 {},
                 {},
                 {},
                 caller}};
    bound.request.language = language_of(message);
    if (auto status = read_key(message, bound.request); !status) return refuse(std::move(status));
    if (!message.body.empty())
        if (auto status = check_content_type(message); !status)
            return refuse(std::move(status), 415);
    if (auto status = read_body(message, row, bound.request); !status)
        return refuse(std::move(status));
    return bound;
}

}  // namespace seals::api
