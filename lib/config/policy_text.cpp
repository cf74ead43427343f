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

// "contract+finance"; "*" is the chain for all other types.
std::string name_of(const Approval& chain) {
    std::string name;
    for (const auto& type : chain.types)
        name += (name.empty() ? "" : "+") + type;
    return name.empty() ? "*" : name;
}

// One of a repeated section alone in a configuration, where its keys point.
struct Part {
    std::string_view section;
    std::string name;
    Config config;
};

std::vector<Part> parts_of(const Config& config) {
    std::vector<Part> parts;
    for (const auto& post : config.posts) {
        parts.push_back({"post", post.id, {}});
        parts.back().config.posts = {post};
    }
    for (const auto& chain : config.approvals) {
        parts.push_back({"approval", name_of(chain), {}});
        parts.back().config.approvals = {chain};
    }
    return parts;
}

bool is_single(const Key& key) {
    return key.policy && !is_repeated(key.section);
}

}  // namespace

std::string Config::policy_text() const {
    auto copy = *this;  // the table points into a Config that may be written
    std::string out;
    for (const auto& key : keys())
        if (is_single(key))
            out += std::string(key.section) + "." + std::string(key.name) + " = " +
                   text_of(value_at(key, copy)) + "\n";
    for (auto& part : parts_of(*this))
        for (const auto& key : keys())
            if (key.policy && key.section == part.section)
                out += std::string(key.section) + "." + part.name + "." + std::string(key.name) +
                       " = " + text_of(value_at(key, part.config)) + "\n";
    return out;
}

Value Config::policy_value() const {
    auto copy = *this;
    Value out{Value::Object{}};
    for (const auto& key : keys()) {
        if (!is_single(key)) continue;
        auto* members = out.object();
        if (members->empty() || members->back().first != key.section)
            out.add(std::string(key.section), Value::Object{});
        members->back().second.add(std::string(key.name), value_at(key, copy));
    }
    for (auto& part : parts_of(*this)) {
        if (out.find(part.section) == nullptr) out.add(std::string(part.section), Value::Object{});
        Value keys_of_part{Value::Object{}};
        for (const auto& key : keys())
            if (key.policy && key.section == part.section)
                keys_of_part.add(std::string(key.name), value_at(key, part.config));
        out.object()->back().second.add(part.name, std::move(keys_of_part));
    }
    return out;
}

}  // namespace seals::config
