#include "leaf/writer.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "leaf/canonical.hpp"

namespace seals::leaf {
namespace {

// The short escape of a character, or 0 when it has none.
char short_escape(char c) {
    switch (c) {
        case '"':
            return '"';
        case '\\':
            return '\\';
        case '\b':
            return 'b';
        case '\t':
            return 't';
        case '\n':
            return 'n';
        case '\f':
            return 'f';
        case '\r':
            return 'r';
        default:
            return 0;
    }
}

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

void Writer::fail(std::string why) {
    if (fault_.empty()) fault_ = std::move(why);
}

void Writer::string(std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    if (!is_ascii(text) && !valid_utf8(text)) return fail("a string is not valid UTF-8");
    out_.push_back('"');
    for (char c : text) {
        auto byte = static_cast<std::uint8_t>(c);
        if (char escape = short_escape(c); escape != 0) {
            out_.push_back('\\');
            out_.push_back(static_cast<std::uint8_t>(escape));
        } else if (byte < 0x20) {
            raw("\\u00");
            out_.push_back(static_cast<std::uint8_t>(kHex[byte >> 4]));
            out_.push_back(static_cast<std::uint8_t>(kHex[byte & 15]));
        } else {
            out_.push_back(byte);
        }
    }
    out_.push_back('"');
}

void Writer::integer(std::int64_t number) {
    if (number > kMaxInteger || number < -kMaxInteger)
        return fail("the integer " + std::to_string(number) + " is outside ±(2^53-1)");
    char digits[24];
    auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
    raw({digits, static_cast<std::size_t>(end - digits)});
}

void Writer::member(std::string_view name) {
    if (!out_.empty() && out_.back() != '{') out_.push_back(',');
    string(name);
    out_.push_back(':');
}

void Writer::array(const Value::Array& items, int depth) {
    raw("[");
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) raw(",");
        value(items[i], depth + 1);
    }
    raw("]");
}

void Writer::object(const Value::Object& members, int depth) {
    std::vector<const Value::Member*> sorted;
    sorted.reserve(members.size());
    for (const auto& item : members)
        sorted.push_back(&item);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    open();
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const auto& [name, item] = *sorted[i];
        if (!is_ascii(name)) return fail("the member name \"" + name + "\" is not ASCII");
        if (i > 0 && sorted[i - 1]->first == name) return fail("two members \"" + name + "\"");
        member(name);
        value(item, depth + 1);
    }
    close();
}

void Writer::value(const Value& value, int depth) {
    if (depth > kMaxDepth) return fail("nested deeper than " + std::to_string(kMaxDepth));
    if (out_.size() > kMaxValueBytes) return fail("longer than 16 MiB");
    if (const auto* text = value.string()) return string(*text);
    if (const auto* number = value.integer()) return integer(*number);
    if (const auto* items = value.array()) return array(*items, depth);
    if (const auto* members = value.object()) return object(*members, depth);
    if (const auto* flag = value.boolean()) return raw(*flag ? "true" : "false");
    if (value.real() != nullptr) return fail("a number is not an integer");
    raw("null");
}

}  // namespace seals::leaf
