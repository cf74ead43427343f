// TextReader: the file's bytes as UTF-8 text, piece by piece, in bounded memory. Strict: nothing is
// replaced or left out, so that both encodings of one export give one result. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "intake/encoding.hpp"

namespace seals::intake {

class TextReader {
  public:
    static constexpr std::size_t kPiece = 65536;  // bytes of the file per piece

    // The source is borrowed until the reader is gone.
    static Result<TextReader> open(const ByteSource& source, const Survey& survey);

    // Appends the next piece to `out`; false at the end. Code::invalid, with the line, for bytes
    // that the encoding does not have and for NUL.
    Result<bool> read(std::string& out);
    Encoding encoding() const { return survey_.encoding; }

    TextReader(TextReader&&) noexcept;
    TextReader& operator=(TextReader&&) noexcept;
    ~TextReader();

  private:
    struct Gb18030;

    TextReader(const ByteSource& source, Survey survey);
    Status decode(std::string_view bytes, bool last, std::string& out);
    Status decode_utf16(std::string_view bytes, bool last, std::string& out);
    Status check(std::string_view text);
    Error undecodable() const;

    const ByteSource* source_;
    Survey survey_;
    std::int64_t at_;
    std::int64_t line_ = 1;
    bool ended_ = false;
    std::vector<char> chunk_;
    std::string rest_;  // bytes of a character cut by the end of a piece
    std::unique_ptr<Gb18030> gb18030_;
};

}  // namespace seals::intake
