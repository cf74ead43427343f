// Canonical JSON (a profile of RFC 8785): no spaces, ASCII member names in order, integers within
// ±(2^53-1), no floats, valid UTF-8, at most kMaxDepth deep. One value has one spelling, so bytes
// that do not spell their value that way are not decoded. Pure, any thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::leaf {

inline constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;
inline constexpr int kMaxDepth = 32;
inline constexpr std::size_t kMaxValueBytes = std::size_t{16} << 20;

// Code::invalid names the member that canonical JSON cannot hold, and why.
Result<Bytes> encode_value(const Value& value);

// Code::invalid names the byte where the text stops being canonical.
Result<Value> decode_value(ByteView bytes);

}  // namespace seals::leaf
