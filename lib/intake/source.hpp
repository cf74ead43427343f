// ByteSource: the foreign file, read at any offset and twice (its encoding is settled before the
// first word of it is believed). One thread. Reads block as the disk does.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"

namespace seals::intake {

class ByteSource {
  public:
    virtual ~ByteSource() = default;
    // Fills `into` from `offset` on and says how much; 0 at the end. Code::unavailable on I/O
    // error.
    virtual Result<std::size_t> read_at(std::int64_t offset, std::span<char> into) const = 0;
};

// A regular file, borrowed open; its file position is neither used nor moved.
class FdSource : public ByteSource {
  public:
    explicit FdSource(int fd) : fd_(fd) {}
    Result<std::size_t> read_at(std::int64_t offset, std::span<char> into) const override;

  private:
    int fd_;
};

class TextSource : public ByteSource {
  public:
    explicit TextSource(std::string text) : text_(std::move(text)) {}
    Result<std::size_t> read_at(std::int64_t offset, std::span<char> into) const override;

  private:
    std::string text_;
};

}  // namespace seals::intake
