#include "config/keys.hpp"

namespace seals::config {
namespace {

Value value_at(const Key& key, Config& config) {
    auto target = key.at(config);
    if (auto** text = std::get_if<std::string*>(&target)) return **text;
    if (auto** number = std::get_if<std::int64_t*>(&target)) return **number;
    if (auto** flag = std::get_if<bool*>(&target)) return **flag;
    if (auto** list = std::get_if<std::vector<std::string>*>(&target)) return **list;
    return {};
}

// check() lets no quote, backslash or control character into a policy key: no escapes needed.
std::string text_of(const Value& value) {
    if (const auto* text = value.string()) return "\"" + *text + "\"";
    if (const auto* number = value.integer()) return std::to_string(*number);
    if (const auto* flag = value.boolean()) return *flag ? "true" : "false";
    std::string out;
    if (const auto* items = value.array())
        for (const auto& item : *items)
            out += (out.empty() ? "" : ", ") + text_of(item);
    return "[" + out + "]";
}

}  // namespace

std::string Config::policy_text() const {
    auto copy = *this;  // the table points into a Config that may be written
    std::string out;
    for (const auto& key : keys())
        if (key.policy)
            out += std::string(key.section) + "." + std::string(key.name) + " = " +
                   text_of(value_at(key, copy)) + "\n";
    return out;
}

Value Config::policy_value() const {
    auto copy = *this;
    Value out{Value::Object{}};
    for (const auto& key : keys()) {
        if (!key.policy) continue;
        auto* members = out.object();
        if (members->empty() || members->back().first != key.section)
            out.add(std::string(key.section), Value::Object{});
        members->back().second.add(std::string(key.name), value_at(key, copy));
    }
    return out;
}

}  // namespace seals::config
