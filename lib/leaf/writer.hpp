// Writer: appends canonical JSON to a byte string; inside this room only. Remembers the first thing
// that canonical JSON cannot hold (`fault`); what was written after it is meaningless.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/value.hpp"

namespace seals::leaf {

class Writer {
  public:
    void raw(std::string_view text) { out_.insert(out_.end(), text.begin(), text.end()); }
    void string(std::string_view text);
    void integer(std::int64_t number);
    void value(const Value& value, int depth);
    // ,"name": — without the comma when it is the object's first member.
    void member(std::string_view name);
    void open() { raw("{"); }
    void close() { raw("}"); }

    const std::string& fault() const { return fault_; }
    const Bytes& bytes() const { return out_; }
    Bytes take() { return std::move(out_); }

  private:
    void fail(std::string why);
    void array(const Value::Array& items, int depth);
    void object(const Value::Object& members, int depth);

    Bytes out_;
    std::string fault_;
};

}  // namespace seals::leaf
