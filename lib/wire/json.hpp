// JSON text <-> Value. The only file of the wire room that knows a JSON library.
// Pure, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::wire {

inline constexpr std::size_t kMaxDepth = 32;  // nesting accepted from outside

// Strict RFC 8259: valid UTF-8, no duplicate member names, nothing after the value, at most
// kMaxDepth deep. Integers that fit int64 become integers, other numbers reals.
// Code::invalid names the byte where it went wrong.
Result<Value> parse_json(std::string_view text);

std::string dump_json(const Value& value);         // one line, no spaces
std::string dump_json_pretty(const Value& value);  // indented by two, for people

}  // namespace seals::wire
