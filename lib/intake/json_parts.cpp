#include "intake/json_parts.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/value.hpp"
#include "intake/cell.hpp"
#include "intake/csv.hpp"
#include "wire/json.hpp"

namespace seals::intake {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Finds the end of one JSON value in a text that comes piece by piece. Only strings and brackets
// are understood; whether the value is JSON is the parser's affair.
class ValueEnd {
  public:
    // The size of the piece's part that belongs to the value; whole() says whether it ends there.
    std::size_t feed(std::string_view piece) {
        for (std::size_t i = 0; i < piece.size(); ++i)
            if (take(piece[i])) return whole_ == Whole::before ? i : i + 1;
        return piece.size();
    }
    bool whole() const { return whole_ != Whole::no; }

  private:
    enum class Whole { no, before, after };

    bool take(char c) {
        if (in_string_) {
            if (escaped_)
                escaped_ = false;
            else if (c == '\\')
                escaped_ = true;
            else if (c == '"')
                return in_string_ = false, end_if(depth_ == 0);
            return false;
        }
        if (c == '"') return in_string_ = true, false;
        if (c == '{' || c == '[') return ++depth_, false;
        if (c == '}' || c == ']') {
            if (depth_ == 0) return whole_ = Whole::before, true;
            return end_if(--depth_ == 0);
        }
        if (depth_ == 0 && (c == ',' || kBlanks.find(c) != std::string_view::npos))
            return whole_ = Whole::before, true;
        return false;
    }
    bool end_if(bool over) {
        if (over) whole_ = Whole::after;
        return over;
    }

    int depth_ = 0;
    bool in_string_ = false, escaped_ = false;
    Whole whole_ = Whole::no;
};

bool is_object_with_items(std::string_view text) {
    auto value = wire::parse_json(text);
    if (!value) return false;
    const auto* items = value->find("items");
    return items != nullptr && items->array() != nullptr;
}

// Whether a text that begins with "{" holds one value per line.
bool has_value_per_line(std::string_view head) {
    auto line = trimmed(head.substr(0, head.find_first_of("\r\n")));
    ValueEnd end;
    return end.feed(line) == line.size() && end.whole() && !is_object_with_items(line);
}

bool is_plain_object(std::string_view head) {
    ValueEnd end;
    auto size = end.feed(head);
    if (!end.whole()) return false;
    auto value = wire::parse_json(head.substr(0, size));
    return value && value->object() != nullptr && value->find("items") == nullptr;
}

}  // namespace

std::optional<Format> format_named(std::string_view name) {
    constexpr std::array<std::string_view, 4> kNames{"auto", "csv", "json", "ndjson"};
    auto found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<Format>(found - kNames.begin());
}

Format guess_format(std::string_view head) {
    auto first = head.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return Format::csv;
    auto second = head.find_first_not_of(kBlanks, first + 1);
    char open = head[first], next = second == std::string_view::npos ? '\0' : head[second];
    if (open == '[' && (next == '{' || next == ']')) return Format::json;
    if (open == '{' && (next == '"' || next == '}'))
        return has_value_per_line(head.substr(first)) ? Format::ndjson : Format::json;
    return Format::csv;
}

Result<JsonParts> JsonParts::open(TextReader text, Format format) {
    JsonParts parts(std::move(text));
    if (auto status = parts.enter(format); !status) return status.error();
    return parts;
}

Error JsonParts::broken(const std::string& wanted) const {
    auto found = rest().empty() ? std::string("the file ends")
                                : "there is " + in_quotes(clip(rest().substr(0, 40), 20));
    Error error = invalid(
        "file", "line " + std::to_string(line_) + ": " + wanted + " is wanted, but " + found);
    error.line = line_;
    error.remedy = "the file must be a JSON array of records, an object with \"items\", or NDJSON";
    return error;
}

Status JsonParts::need(std::size_t size) {
    while (!ended_ && rest().size() < size) {
        buffer_.erase(0, at_);
        at_ = 0;
        auto more = text_.read(buffer_);
        if (!more) return more.error();
        ended_ = !*more;
    }
    return {};
}

void JsonParts::leave(std::size_t size) {
    line_ += count_line_ends(rest().substr(0, size));
    at_ += size;
}

Result<char> JsonParts::peek_sign() {
    for (;;) {
        auto blanks = std::min(rest().find_first_not_of(kBlanks), rest().size());
        if (blanks == rest().size() && rest().ends_with('\r') && !ended_) --blanks;
        leave(blanks);
        if (rest().size() > 1 || (rest().size() == 1 && rest()[0] != '\r')) return rest()[0];
        if (ended_ && rest().empty()) return '\0';
        if (auto status = need(rest().size() + 1); !status) return status.error();
    }
}

Status JsonParts::enter(Format format) {
    by_lines_ = format == Format::ndjson;
    if (by_lines_) return {};
    auto sign = peek_sign();
    if (!sign) return sign.error();
    if (*sign == '[') {
        leave(1);
        return {};
    }
    if (*sign != '{') return broken("\"[\" or \"{\"");
    if (auto status = need(kRecordBytes); !status) return status;
    if (is_plain_object(rest())) {
        sequence_ = true;
        return {};
    }
    return enter_items();
}

// Passes over the members of the object around the records, to the first record.
Status JsonParts::enter_items() {
    leave(1);
    in_object_ = true;
    for (;;) {
        auto sign = peek_sign();
        if (!sign) return sign.error();
        if (*sign == ',') {
            leave(1);
            continue;
        }
        if (*sign != '"') return broken("a member \"items\"");
        auto name = take_value();
        if (!name) return name.error();
        auto colon = peek_sign();
        if (!colon) return colon.error();
        if (*colon != ':') return broken("\":\"");
        leave(1);
        auto open = peek_sign();
        if (!open) return open.error();
        if (name->text == "\"items\"" && *open == '[') {
            leave(1);
            return {};
        }
        if (auto passed = take_value(); !passed) return passed.error();
    }
}

Result<JsonPart> JsonParts::take_value() {
    JsonPart part;
    part.line = line_;
    ValueEnd end;
    for (;;) {
        auto size = end.feed(rest());
        if (part.text.size() + size > kRecordBytes) part.too_large = true;
        if (!part.too_large) part.text += rest().substr(0, size);
        if (!end.whole() && size > 0 && rest()[size - 1] == '\r' && !ended_) {
            // a CR is counted with the LF that may follow
            if (auto status = need(rest().size() + 1); !status) return status.error();
            if (rest().size() > size && rest()[size] == '\n') {
                auto lf = end.feed(rest().substr(size, 1));
                if (!part.too_large) part.text += rest().substr(size, lf);
                size += lf;
            }
        }
        leave(size);
        if (end.whole() || (ended_ && rest().empty())) break;
        if (auto status = need(1); !status) return status.error();
    }
    if (part.text.empty() && !part.too_large) return broken("a record");
    return part;
}

Result<std::optional<JsonPart>> JsonParts::next_line() {
    auto sign = peek_sign();
    if (!sign) return sign.error();
    if (*sign == '\0') return std::optional<JsonPart>{};
    JsonPart part;
    part.line = line_;
    for (;;) {
        auto end = rest().find_first_of("\r\n");
        auto size = std::min(end, rest().size());
        if (part.text.size() + size > kRecordBytes) part.too_large = true;
        if (!part.too_large) part.text += rest().substr(0, size);
        leave(size);
        if (end != std::string_view::npos || (ended_ && rest().empty())) return std::optional{part};
        if (auto status = need(1); !status) return status.error();
    }
}

Result<std::optional<JsonPart>> JsonParts::next() {
    if (done_) return std::optional<JsonPart>{};
    if (by_lines_) return next_line();
    auto sign = peek_sign();
    if (!sign) return sign.error();
    if (sequence_ && *sign == '\0') return std::optional<JsonPart>{};
    if (*sign == ']' && !sequence_) {
        leave(1);
        done_ = true;
        return std::optional<JsonPart>{};
    }
    if (!first_ && *sign == ',') {
        leave(1);
        sign = peek_sign();
        if (!sign) return sign.error();
    } else if (!first_ && !sequence_) {
        return broken("\",\" or \"]\"");
    }
    first_ = false;
    if (*sign == '\0') return broken("a record");
    auto part = take_value();
    if (!part) return part.error();
    return std::optional{std::move(*part)};
}

}  // namespace seals::intake
