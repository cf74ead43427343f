// JsonParts: a JSON or NDJSON file cut into its records, each a text of its own, in bounded memory:
// the elements of an array, those of the "items" of an object, or one value per line. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "intake/decoder.hpp"

namespace seals::intake {

enum class Format { automatic, csv, json, ndjson };
std::optional<Format> format_named(std::string_view name);  // "auto", "csv", "json", "ndjson"

// Settles `automatic` by the first of the text.
Format guess_format(std::string_view head);

struct JsonPart {
    std::int64_t line = 1;  // physical line where it starts
    std::string text;
    bool too_large = false;  // larger than a record may be; text is its beginning
};

class JsonParts {
  public:
    // `format` is json or ndjson.
    static Result<JsonParts> open(TextReader text, Format format);

    // nullopt at the end. Code::invalid, with the line, where the array around the records breaks.
    Result<std::optional<JsonPart>> next();

  private:
    explicit JsonParts(TextReader text) : text_(std::move(text)) {}
    Status enter(Format format);
    Status enter_items();
    Result<std::optional<JsonPart>> next_line();
    Result<JsonPart> take_value();
    Result<char> peek_sign();  // the next sign that is no blank; '\0' at the end
    Status need(std::size_t size);
    void leave(std::size_t size);
    std::string_view rest() const { return std::string_view(buffer_).substr(at_); }
    Error broken(const std::string& wanted) const;

    TextReader text_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
    bool ended_ = false;
    bool by_lines_ = false;
    bool sequence_ = false;   // values one after the other, without an array around them
    bool in_object_ = false;  // the array is the "items" of an object
    bool first_ = true;
    bool done_ = false;
};

}  // namespace seals::intake
