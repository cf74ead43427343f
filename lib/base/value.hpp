// Value: the JSON data model as a plain tree, so that no other room touches a JSON library. wire
// and leaf turn it into text and back. Object members keep their order of insertion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace seals {

class Value {
  public:
    using Array = std::vector<Value>;
    using Member = std::pair<std::string, Value>;
    using Object = std::vector<Member>;

    Value() = default;
    Value(std::nullptr_t) {}
    Value(bool b) : body_(b) {}
    Value(int n) : body_(static_cast<std::int64_t>(n)) {}
    Value(std::int64_t n) : body_(n) {}
    Value(double d) : body_(d) {}
    Value(const char* s) : body_(std::string(s)) {}
    Value(std::string_view s) : body_(std::string(s)) {}
    Value(std::string s) : body_(std::move(s)) {}
    Value(Array a) : body_(std::move(a)) {}
    Value(Object o) : body_(std::move(o)) {}
    template <class T>
    Value(const std::vector<T>& items) : body_(Array{}) {
        for (const auto& item : items)
            std::get<Array>(body_).emplace_back(Value(item));
    }

    bool is_null() const { return std::holds_alternative<std::monostate>(body_); }
    const bool* boolean() const { return std::get_if<bool>(&body_); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&body_); }
    const double* real() const { return std::get_if<double>(&body_); }
    const std::string* string() const { return std::get_if<std::string>(&body_); }
    const Array* array() const { return std::get_if<Array>(&body_); }
    const Object* object() const { return std::get_if<Object>(&body_); }
    Array* array() { return std::get_if<Array>(&body_); }
    Object* object() { return std::get_if<Object>(&body_); }

    // The member of that name, or null; also null when this is no object.
    const Value* find(std::string_view name) const;
    // Adds a member to an object (a null value becomes one first); no check for a second of the
    // name.
    void add(std::string name, Value value);

    // Lenient readers for our own stored objects: the member's value, or the fallback.
    std::string text_or(std::string_view name, std::string fallback = {}) const;
    std::int64_t integer_or(std::string_view name, std::int64_t fallback = 0) const;
    bool boolean_or(std::string_view name, bool fallback = false) const;
    std::vector<std::string> texts_or(std::string_view name) const;  // empty when absent

    friend bool operator==(const Value&, const Value&) = default;

  private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> body_;
};

}  // namespace seals
