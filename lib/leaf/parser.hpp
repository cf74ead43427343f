// Parser: reads canonical JSON and nothing else; inside this room only. Every step returns false on
// the first byte that is not canonical; `fault` then says where and why. Depth is bounded.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/value.hpp"

namespace seals::leaf {

class Parser {
  public:
    explicit Parser(ByteView bytes) : text_(as_text(bytes)) {}

    bool open_object() { return expect('{'); }
    // Reads `"name":`, or sets `name` empty at the closing brace. `name` comes in as the member
    // before (empty at the first) so that the order is checked; the empty name is refused.
    bool next_member(std::string& name);
    bool string(std::string& out);
    bool integer(std::int64_t& out);
    bool value(Value& out, int depth);
    bool end();  // nothing may follow
    bool fail(std::string why);

    const std::string& fault() const { return fault_; }

  private:
    bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }
    bool expect(char c);
    bool literal(std::string_view word);
    bool escape(std::string& out);
    bool control_escape(std::string& out);
    bool array(Value& out, int depth);
    bool object(Value& out, int depth);

    std::string_view text_;
    std::size_t at_ = 0;
    std::string fault_;
};

}  // namespace seals::leaf
