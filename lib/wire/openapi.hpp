// A struct's field list as a JSON schema (draft 2020-12, as OpenAPI 3.1 uses it). Nested structs
// stand inline. Pure, any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/schema.hpp"

namespace seals::wire {

namespace detail {

Value scalar_schema(std::string_view type, std::string_view format = {});
Value object_schema(Value properties, Value::Array required);
void annotate(Value& schema, std::string_view about, std::string_view one_of, bool nullable);

template <class T>
struct Schema;
template <>
struct Schema<std::string> {
    static Value make() { return scalar_schema("string"); }
};
template <>
struct Schema<std::int64_t> {
    static Value make() { return scalar_schema("integer", "int64"); }
};
template <>
struct Schema<bool> {
    static Value make() { return scalar_schema("boolean"); }
};
template <>
struct Schema<Instant> {
    static Value make() { return scalar_schema("string", "date-time"); }
};
template <>
struct Schema<Value> {
    static Value make() { return Value::Object{}; }  // anything
};
template <class T>
struct Schema<std::optional<T>> {
    static Value make() { return Schema<T>::make(); }
};
template <class T>
struct Schema<std::vector<T>> {
    static Value make() {
        auto schema = scalar_schema("array");
        schema.add("items", Schema<T>::make());
        return schema;
    }
};
template <class T>
struct Schema<std::map<std::string, T>> {
    static Value make() {
        auto schema = scalar_schema("object");
        schema.add("additionalProperties", Schema<T>::make());
        return schema;
    }
};
template <class T>
requires Struct<T>
struct Schema<T> {
    template <class Owner, class M>  // T, or what it derives from
    static void add(const Field<Owner, M>& field, Value& properties, Value::Array& required) {
        auto schema = Schema<M>::make();
        annotate(schema, field.about, field.one_of, field.need == Need::optional);
        properties.add(std::string(field.name), std::move(schema));
        if (field.need == Need::required) required.emplace_back(field.name);
    }
    static Value make() {
        Value properties{Value::Object{}};
        Value::Array required;
        std::apply([&](const auto&... field) { (add(field, properties, required), ...); },
                   T::fields());
        return object_schema(std::move(properties), std::move(required));
    }
};

}  // namespace detail

template <Struct T>
Value json_schema() {
    return detail::Schema<T>::make();
}

}  // namespace seals::wire
