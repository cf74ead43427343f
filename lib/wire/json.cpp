#include "wire/json.hpp"

#include <set>

#include <nlohmann/json.hpp>

namespace seals::wire {
namespace {

using Json = nlohmann::ordered_json;

// Builds a Value while parsing; stops at the first thing we do not accept.
class Builder {
  public:
    bool null() { return put(Value{}); }
    bool boolean(bool b) { return put(Value{b}); }
    bool number_integer(std::int64_t n) { return put(Value{n}); }
    bool number_unsigned(std::uint64_t n) {
        return n <= INT64_MAX ? put(Value{static_cast<std::int64_t>(n)})
                              : put(Value{static_cast<double>(n)});
    }
    bool number_float(double d, const std::string&) { return put(Value{d}); }
    bool string(std::string& s) { return put(Value{std::move(s)}); }
    bool binary(std::vector<std::uint8_t>&) { return fail("binary value"); }
    bool start_object(std::size_t) { return open(Value{Value::Object{}}); }
    bool start_array(std::size_t) { return open(Value{Value::Array{}}); }
    bool key(std::string& name) {
        if (!names_.back().insert(name).second) return fail("duplicate member \"" + name + "\"");
        keys_.back() = std::move(name);
        return true;
    }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
        return fail("not JSON at byte " + std::to_string(position));
    }

    Value take() { return std::move(root_); }
    const std::string& why() const { return why_; }

  private:
    bool fail(std::string why) {
        if (why_.empty()) why_ = std::move(why);
        return false;
    }
    bool put(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return true;
        }
        if (auto* items = open_.back().array())
            items->push_back(std::move(value));
        else
            open_.back().add(std::move(keys_.back()), std::move(value));
        return true;
    }
    bool open(Value container) {
        if (open_.size() >= kMaxDepth) return fail("nested deeper than 32");
        open_.push_back(std::move(container));
        keys_.emplace_back();
        names_.emplace_back();
        return true;
    }
    bool close() {
        Value done = std::move(open_.back());
        open_.pop_back();
        keys_.pop_back();
        names_.pop_back();
        return put(std::move(done));
    }

    Value root_;
    std::vector<Value> open_;
    std::vector<std::string> keys_;
    std::vector<std::set<std::string>> names_;
    std::string why_;
};

Json to_json(const Value& value) {
    if (const auto* b = value.boolean()) return *b;
    if (const auto* n = value.integer()) return *n;
    if (const auto* d = value.real()) return *d;
    if (const auto* s = value.string()) return *s;
    if (const auto* items = value.array()) {
        Json out = Json::array();
        for (const auto& item : *items)
            out.push_back(to_json(item));
        return out;
    }
    if (const auto* members = value.object()) {
        Json out = Json::object();
        for (const auto& [name, member] : *members)
            out[name] = to_json(member);
        return out;
    }
    return nullptr;
}

std::string dump(const Value& value, int indent) {
    return to_json(value).dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Result<Value> parse_json(std::string_view text) {
    // The library takes a NUL for the end of its input, whatever follows.
    if (auto at = text.find('\0'); at != std::string_view::npos)
        return Error{Code::invalid, "not JSON at byte " + std::to_string(at + 1)};
    Builder builder;
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
        return Error{Code::invalid, builder.why().empty() ? "not JSON" : builder.why()};
    return builder.take();
}

std::string dump_json(const Value& value) {
    return dump(value, -1);
}
std::string dump_json_pretty(const Value& value) {
    return dump(value, 2);
}

}  // namespace seals::wire
