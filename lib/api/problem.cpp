#include "api/problem.hpp"

#include <string>

namespace seals::api {

Value problem_of(const Error& error, int status) {
    const auto& row = row_of(error.code);
    Value out{Value::Object{}};
    out.add("type", "urn:seals:problem:" + std::string(row.name));
    out.add("title", row.title);
    out.add("status", status == 0 ? row.http : status);
    out.add("detail", error.detail);
    out.add("code", row.name);
    auto add_text = [&](const char* name, const std::string& text) {
        if (!text.empty()) out.add(name, text);
    };
    auto add_number = [&](const char* name, const std::optional<long>& number) {
        if (number) out.add(name, static_cast<std::int64_t>(*number));
    };
    add_text("field", error.field);
    add_number("line", error.line);
    add_number("record", error.record);
    add_text("rule", error.rule);
    add_text("remedy", error.remedy);
    add_number("seq", error.seq);
    return out;
}

Error code_of_http(int status, std::string detail) {
    switch (status) {
        case 403:
            return Error{Code::denied, std::move(detail)};
        case 404:
            return Error{Code::not_found, std::move(detail)};
        case 408:
            return Error{Code::timeout, std::move(detail)};
        case 503:
            return Error{Code::unavailable, std::move(detail)};
        default:
            return Error{Code::invalid, std::move(detail)};
    }
}

}  // namespace seals::api
