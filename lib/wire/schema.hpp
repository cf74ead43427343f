// The binding of a struct to its JSON object. A struct of the wire lists its members once, in
// `static constexpr auto fields()`; reading (strict), writing and the OpenAPI schema all come from
// that list. Pure, any thread.
//
//     struct Line {
//         std::string seal;
//         std::int64_t copies = 1;
//         static constexpr auto fields() {
//             return std::tuple{field("seal", &Line::seal, kRequired, "seal id"), ...};
//         }
//     };
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::wire {

enum class Need { required, optional };
inline constexpr Need kRequired = Need::required;
inline constexpr Need kOptional = Need::optional;

inline constexpr std::size_t kTextBytes = 4096;  // longest string accepted in any field

template <class T, class M>
struct Field {
    std::string_view name;
    M T::*member;
    Need need;
    std::string_view about;   // for the schema and the manual
    std::string_view one_of;  // "a|b|c" for strings of a closed set; empty: any
};

template <class T, class M>
constexpr Field<T, M> field(std::string_view name, M T::*member, Need need, std::string_view about,
                            std::string_view one_of = {}) {
    return {name, member, need, about, one_of};
}

template <class T>
concept Struct = requires {
    T::fields();
};

// --- one value each way; `path` names the place for the error ("lines[2].copies") ---

Status read_value(const Value& from, std::string& to, const std::string& path);
Status read_value(const Value& from, std::int64_t& to, const std::string& path);
Status read_value(const Value& from, bool& to, const std::string& path);
Status read_value(const Value& from, Instant& to, const std::string& path);
Status read_value(const Value& from, Value& to, const std::string& path);
template <class T>
Status read_value(const Value& from, std::optional<T>& to, const std::string& path);
template <class T>
Status read_value(const Value& from, std::vector<T>& to, const std::string& path);
template <class T>
Status read_value(const Value& from, std::map<std::string, T>& to, const std::string& path);
template <Struct T>
Status read_value(const Value& from, T& to, const std::string& path);

inline Value write_value(const std::string& from) {
    return from;
}
inline Value write_value(std::int64_t from) {
    return from;
}
inline Value write_value(bool from) {
    return from;
}
inline Value write_value(Instant from) {
    return to_rfc3339(from);
}
inline Value write_value(const Value& from) {
    return from;
}
template <class T>
Value write_value(const std::optional<T>& from);
template <class T>
Value write_value(const std::vector<T>& from);
template <class T>
Value write_value(const std::map<std::string, T>& from);
template <Struct T>
Value write_value(const T& from);

// --- what the rest of the program calls ---

// Strict: unknown member, missing required one, wrong type or too long → Code::invalid naming it.
template <Struct T>
Result<T> read(const Value& from) {
    T to{};
    if (auto status = read_value(from, to, ""); !status) return status.error();
    return to;
}

template <Struct T>
Value write(const T& from) {
    return write_value(from);
}

// --- details of the templates ---

namespace detail {

Error wrong_type(const std::string& path, std::string_view wanted);
Error missing(const std::string& path);
Error unknown(const std::string& path);
Status check_one_of(const Value& from, std::string_view allowed, const std::string& path);

inline std::string joined(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

template <class T, class M>
Status read_field(const Value& from, T& to, const Field<T, M>& field, const std::string& path) {
    auto here = joined(path, field.name);
    const auto* value = from.find(field.name);
    if (value == nullptr || value->is_null()) {
        if (field.need == Need::required) return missing(here);
        return {};
    }
    if (!field.one_of.empty())
        if (auto status = check_one_of(*value, field.one_of, here); !status) return status;
    return read_value(*value, to.*field.member, here);
}

template <Struct T>
bool knows(std::string_view name) {
    return std::apply([&](const auto&... field) { return ((field.name == name) || ...); },
                      T::fields());
}

template <class>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

}  // namespace detail

template <class T>
Status read_value(const Value& from, std::optional<T>& to, const std::string& path) {
    T inner{};
    if (auto status = read_value(from, inner, path); !status) return status;
    to = std::move(inner);
    return {};
}

template <class T>
Status read_value(const Value& from, std::vector<T>& to, const std::string& path) {
    const auto* items = from.array();
    if (items == nullptr) return detail::wrong_type(path, "an array");
    for (std::size_t i = 0; i < items->size(); ++i) {
        T item{};
        auto here = path + "[" + std::to_string(i) + "]";
        if (auto status = read_value((*items)[i], item, here); !status) return status;
        to.push_back(std::move(item));
    }
    return {};
}

template <class T>
Status read_value(const Value& from, std::map<std::string, T>& to, const std::string& path) {
    const auto* members = from.object();
    if (members == nullptr) return detail::wrong_type(path, "an object");
    for (const auto& [name, value] : *members)
        if (auto status = read_value(value, to[name], detail::joined(path, name)); !status)
            return status;
    return {};
}

template <Struct T>
Status read_value(const Value& from, T& to, const std::string& path) {
    const auto* members = from.object();
    if (members == nullptr) return detail::wrong_type(path, "an object");
    for (const auto& [name, value] : *members)
        if (!detail::knows<T>(name)) return detail::unknown(detail::joined(path, name));
    Status status;
    std::apply(
        [&](const auto&... field) {
            (void)((status = detail::read_field(from, to, field, path), bool(status)) && ...);
        },
        T::fields());
    return status;
}

template <class T>
Value write_value(const std::optional<T>& from) {
    return from ? write_value(*from) : Value{};
}

template <class T>
Value write_value(const std::vector<T>& from) {
    Value::Array items;
    items.reserve(from.size());
    for (const auto& item : from)
        items.push_back(write_value(item));
    return items;
}

template <class T>
Value write_value(const std::map<std::string, T>& from) {
    Value out{Value::Object{}};
    for (const auto& [name, item] : from)
        out.add(name, write_value(item));
    return out;
}

template <Struct T>
Value write_value(const T& from) {
    Value out{Value::Object{}};
    std::apply(
        [&](const auto&... field) {
            ((out.add(std::string(field.name), write_value(from.*field.member))), ...);
        },
        T::fields());
    return out;
}

}  // namespace seals::wire
