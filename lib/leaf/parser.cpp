#include "leaf/parser.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "leaf/canonical.hpp"

namespace seals::leaf {

bool Parser::fail(std::string why) {
    if (fault_.empty()) fault_ = "byte " + std::to_string(at_) + ": " + std::move(why);
    return false;
}

bool Parser::expect(char c) {
    if (!at(c)) return fail(std::string("expected '") + c + "'");
    ++at_;
    return true;
}

bool Parser::literal(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return fail("not a value");
    at_ += word.size();
    return true;
}

bool Parser::end() {
    return at_ == text_.size() || fail("something follows the value");
}

// \u00xx is canonical only for control characters that have no short escape.
bool Parser::control_escape(std::string& out) {
    auto digits = text_.substr(at_, 4);
    unsigned code = 0;
    auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    bool upper =
        std::any_of(digits.begin(), digits.end(), [](char c) { return c < 'a' && c > '9'; });
    bool has_short = code == 8 || code == 9 || code == 10 || code == 12 || code == 13;
    if (digits.size() != 4 || error != std::errc{} || last != digits.data() + 4 || upper ||
        code >= 0x20 || has_short)
        return fail("escape is not canonical");
    at_ += 4;
    out += static_cast<char>(code);
    return true;
}

bool Parser::escape(std::string& out) {
    constexpr std::string_view kNames = "\"\\btnfr";
    constexpr std::string_view kChars = "\"\\\b\t\n\f\r";
    ++at_;
    if (at_ >= text_.size()) return fail("the text ends inside a string");
    char name = text_[at_++];
    if (name == 'u') return control_escape(out);
    auto which = kNames.find(name);
    if (which == std::string_view::npos) return fail("escape is not canonical");
    out += kChars[which];
    return true;
}

bool Parser::string(std::string& out) {
    if (!expect('"')) return false;
    out.clear();
    bool ascii = true;
    for (;;) {
        auto from = at_;
        while (at_ < text_.size()) {
            auto byte = static_cast<unsigned char>(text_[at_]);
            if (byte == '"' || byte == '\\' || byte < 0x20) break;
            ascii = ascii && byte < 0x80;
            ++at_;
        }
        out.append(text_, from, at_ - from);
        if (at('"')) break;
        if (!at('\\')) return fail("the text ends, or a control character stands, inside a string");
        if (!escape(out)) return false;
    }
    ++at_;
    return ascii || valid_utf8(out) || fail("a string is not valid UTF-8");
}

bool Parser::integer(std::int64_t& out) {
    auto rest = text_.substr(at_);
    auto [last, error] = std::from_chars(rest.data(), rest.data() + rest.size(), out);
    auto digits = rest.substr(0, static_cast<std::size_t>(last - rest.data()));
    bool negative = !digits.empty() && digits[0] == '-';
    auto first = negative ? digits.substr(1) : digits;
    bool leading_zero = first.size() > 1 && first[0] == '0';
    if (error != std::errc{} || leading_zero || (negative && out == 0) || out > kMaxInteger ||
        out < -kMaxInteger)
        return fail("not a canonical integer");
    at_ += digits.size();
    return true;
}

bool Parser::next_member(std::string& name) {
    bool first = name.empty();
    if (at('}')) {
        ++at_;
        name.clear();
        return true;
    }
    if (!first && !expect(',')) return false;
    std::string next;
    if (!string(next)) return false;
    if (next.empty()) return fail("a member has no name");
    if (std::any_of(next.begin(), next.end(),
                    [](char c) { return static_cast<signed char>(c) < 0; }))
        return fail("a member name is not ASCII");
    if (!first && next <= name) return fail("the member \"" + next + "\" is out of order");
    name = std::move(next);
    return expect(':');
}

bool Parser::array(Value& out, int depth) {
    Value::Array items;
    ++at_;
    while (!at(']')) {
        if (!items.empty() && !expect(',')) return false;
        if (!value(items.emplace_back(), depth + 1)) return false;
    }
    ++at_;
    out = Value{std::move(items)};
    return true;
}

bool Parser::object(Value& out, int depth) {
    Value::Object members;
    std::string name;
    ++at_;
    for (;;) {
        if (!next_member(name)) return false;
        if (name.empty()) break;
        members.emplace_back(name, Value{});
        if (!value(members.back().second, depth + 1)) return false;
    }
    out = Value{std::move(members)};
    return true;
}

bool Parser::value(Value& out, int depth) {
    if (depth > kMaxDepth) return fail("nested deeper than " + std::to_string(kMaxDepth));
    if (at_ >= text_.size()) return fail("the text ends where a value should stand");
    switch (text_[at_]) {
        case '{':
            return object(out, depth);
        case '[':
            return array(out, depth);
        case 't':
            out = Value{true};
            return literal("true");
        case 'f':
            out = Value{false};
            return literal("false");
        case 'n':
            out = Value{};
            return literal("null");
        case '"': {
            std::string text;
            if (!string(text)) return false;
            out = Value{std::move(text)};
            return true;
        }
        default: {
            std::int64_t number = 0;
            if (!integer(number)) return false;
            out = Value{number};
            return true;
        }
    }
}

}  // namespace seals::leaf
