// Row: one line of the route table. Everything that must be known of a route stands in it: who may
// call it, what it takes, what it answers. The server dispatches by it, the OpenAPI document and
// the manual are made from it. Constant data.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "api/actor.hpp"
#include "base/value.hpp"
#include "wire/openapi.hpp"

namespace seals::api {

enum class Method { get, post };

constexpr std::string_view name_of(Method method) {
    return method == Method::get ? "GET" : "POST";
}

// A type of the wire by name, with the function that writes its JSON schema.
struct Shape {
    std::string_view name;
    Value (*schema)() = nullptr;

    explicit operator bool() const { return schema != nullptr; }
};

template <wire::Struct T>
constexpr Shape shape(std::string_view name) {
    return {name, &wire::json_schema<T>};
}

struct Param {
    std::string_view name;
    std::string_view about;
};

enum class Answer { one, list, stream };  // an object; {"items","next"}; or NDJSON when ?follow=1

struct Row {
    Method method;
    std::string_view pattern;  // "/v1/seals/{id}/take"
    std::optional<Role> role;  // none: every peer that reaches the socket
    std::string_view about;
    Shape request{};                 // none: the body must be empty
    Shape reply{};                   // none: an object without a fixed shape
    Answer answer = Answer::one;     // `reply` is the item's shape for a list
    int success = 200;               // 201 where something comes into being
    std::span<const Param> query{};  // others are refused
    bool whole = false;              // concerns the whole cabinet: no role that ends at entities
};

}  // namespace seals::api
