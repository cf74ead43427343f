#include "base/value.hpp"

namespace seals {

const Value* Value::find(std::string_view name) const {
    const auto* members = object();
    if (members == nullptr) return nullptr;
    for (const auto& [key, value] : *members)
        if (key == name) return &value;
    return nullptr;
}

void Value::add(std::string name, Value value) {
    if (is_null()) body_ = Object{};
    std::get<Object>(body_).emplace_back(std::move(name), std::move(value));
}

std::string Value::text_or(std::string_view name, std::string fallback) const {
    const auto* member = find(name);
    const auto* text = member != nullptr ? member->string() : nullptr;
    if (text != nullptr) return *text;
    return fallback;
}

std::int64_t Value::integer_or(std::string_view name, std::int64_t fallback) const {
    const auto* member = find(name);
    const auto* number = member != nullptr ? member->integer() : nullptr;
    return number != nullptr ? *number : fallback;
}

bool Value::boolean_or(std::string_view name, bool fallback) const {
    const auto* member = find(name);
    const auto* flag = member != nullptr ? member->boolean() : nullptr;
    return flag != nullptr ? *flag : fallback;
}

std::vector<std::string> Value::texts_or(std::string_view name) const {
    std::vector<std::string> out;
    const auto* member = find(name);
    const auto* items = member != nullptr ? member->array() : nullptr;
    if (items == nullptr) return out;
    for (const auto& item : *items)
        if (const auto* text = item.string()) out.push_back(*text);
    return out;
}

}  // namespace seals
