// Fixed layouts of helper frames: big-endian integers and byte runs, written and read in order.
// A Reader that ran past the end stays failed; done() says that all was there and nothing more.
// Pure, any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.hpp"

namespace seals::helper {

class PayloadWriter {
  public:
    PayloadWriter& u8(std::uint8_t n) { return put(n, 1); }
    PayloadWriter& u16(std::uint16_t n) { return put(n, 2); }
    PayloadWriter& u32(std::uint32_t n) { return put(n, 4); }
    PayloadWriter& i64(std::int64_t n) { return put(static_cast<std::uint64_t>(n), 8); }
    PayloadWriter& bytes(ByteView run) {
        out_.insert(out_.end(), run.begin(), run.end());
        return *this;
    }
    Bytes take() { return std::move(out_); }

  private:
    PayloadWriter& put(std::uint64_t n, int size) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
            out_.push_back(static_cast<std::uint8_t>(n >> shift));
        return *this;
    }
    Bytes out_;
};

class PayloadReader {
  public:
    explicit PayloadReader(ByteView payload) : left_(payload) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(get(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(get(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(get(4)); }
    std::int64_t i64() { return static_cast<std::int64_t>(get(8)); }
    ByteView bytes(std::size_t size) {
        if (size > left_.size()) {
            failed_ = true;
            left_ = {};
            return {};
        }
        auto run = left_.first(size);
        left_ = left_.subspan(size);
        return run;
    }
    template <std::size_t N>
    void array(std::array<std::uint8_t, N>& into) {
        auto run = bytes(N);
        std::copy(run.begin(), run.end(), into.begin());
    }
    ByteView rest() { return bytes(left_.size()); }
    bool done() const { return !failed_ && left_.empty(); }

  private:
    std::uint64_t get(std::size_t size) {
        std::uint64_t n = 0;
        for (auto byte : bytes(size))
            n = n << 8 | byte;
        return n;
    }
    ByteView left_;
    bool failed_ = false;
};

}  // namespace seals::helper
