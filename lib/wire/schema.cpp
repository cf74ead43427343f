#include "wire/schema.hpp"

#include "base/text.hpp"

namespace seals::wire {
namespace detail {

Error wrong_type(const std::string& path, std::string_view wanted) {
    auto name = path.empty() ? std::string("the body") : "\"" + path + "\"";
    return invalid(path, name + " must be " + std::string(wanted));
}

Error missing(const std::string& path) {
    return invalid(path, "\"" + path + "\" is missing");
}

Error unknown(const std::string& path) {
    return invalid(path, "\"" + path + "\" is not a field of this request");
}

Status check_one_of(const Value& from, std::string_view allowed, const std::string& path) {
    const auto* text = from.string();
    if (text == nullptr) return wrong_type(path, "a string");
    for (auto choice : split(allowed, '|'))
        if (choice == *text) return {};
    return invalid(path, "\"" + path + "\" must be one of " + std::string(allowed));
}

}  // namespace detail

Status read_value(const Value& from, std::string& to, const std::string& path) {
    const auto* text = from.string();
    if (text == nullptr) return detail::wrong_type(path, "a string");
    if (text->size() > kTextBytes)
        return invalid(path,
                       "\"" + path + "\" is longer than " + std::to_string(kTextBytes) + " bytes");
    to = *text;
    return {};
}

Status read_value(const Value& from, std::int64_t& to, const std::string& path) {
    const auto* number = from.integer();
    if (number == nullptr) return detail::wrong_type(path, "an integer");
    to = *number;
    return {};
}

Status read_value(const Value& from, bool& to, const std::string& path) {
    const auto* flag = from.boolean();
    if (flag == nullptr) return detail::wrong_type(path, "true or false");
    to = *flag;
    return {};
}

Status read_value(const Value& from, Instant& to, const std::string& path) {
    const auto* text = from.string();
    auto at = text != nullptr ? from_rfc3339(*text) : std::nullopt;
    if (!at) return detail::wrong_type(path, "an RFC 3339 time such as 2026-11-25T09:30:00+08:00");
    to = *at;
    return {};
}

Status read_value(const Value& from, Value& to, const std::string&) {
    to = from;
    return {};
}

}  // namespace seals::wire
