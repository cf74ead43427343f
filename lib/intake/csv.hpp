// CSV as offices write it: RFC 4180, plus CR, LF or CRLF line ends, newlines and doubled quotes in
// quoted cells, stray quotes inside a cell, blanks around quotes, and any one-byte separator.
// scan_csv is pure; CsvReader pulls text from a TextReader and holds at most one record. One
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/decoder.hpp"

namespace seals::intake {

inline constexpr std::size_t kCellBytes = 64 * 1024;
inline constexpr std::size_t kRecordBytes = 1024 * 1024;
inline constexpr std::size_t kCells = 1024;  // per record

struct CsvRecord {
    std::int64_t line = 1;   // physical line where it starts
    std::int64_t lines = 1;  // physical lines it spans
    std::vector<std::string> cells;
    std::string fault;           // why it cannot be used; its cells are then what was read so far
    std::size_t fault_cell = 0;  // the cell that is at fault
    bool open_quote = false;     // the file ended inside a quoted cell
    bool blank = false;          // an empty line
};

enum class CsvPlace { cell_start, in_cell, in_quotes };

// One record at the front of `text`. `size` is how much of the text it takes.
struct CsvScan {
    bool complete = false;  // false: the record goes on behind the end of the text
    std::size_t size = 0;   // of an incomplete one: what need not be looked at again
    CsvPlace place = CsvPlace::cell_start;  // where an incomplete one stands at `size`
    CsvRecord record;
};
struct CsvScanOptions {
    char delimiter = ',';
    bool final = true;  // nothing comes after the text
    bool keep = true;   // false: only look for the end, store nothing
    CsvPlace from = CsvPlace::cell_start;
};
CsvScan scan_csv(std::string_view text, const CsvScanOptions& options);

std::int64_t count_line_ends(std::string_view text);                 // CRLF, LF or CR
std::string quote_csv(std::string_view cell, char delimiter = ',');  // quoted where it must be

class CsvReader {
  public:
    explicit CsvReader(TextReader text) : text_(std::move(text)) {}

    // The first `size` bytes of what is not yet read, for finding header and separator.
    Result<std::string_view> peek(std::size_t size);
    void set_delimiter(char delimiter) { delimiter_ = delimiter; }

    // The next record that is not an empty line; nullopt at the end. A record over the limits comes
    // out with its fault, and reading goes on behind it.
    Result<std::optional<CsvRecord>> next();

    // Of the record that next() gave last: its raw text from its second physical line on, and the
    // order to take that text as records of its own, because a quotation mark was left open.
    std::string_view raw_after_first_line() const;
    void reread_from_second_line();

  private:
    Status fill();       // reads one more piece
    Status drop_last();  // leaves the record given last behind
    CsvScan scan(bool keep, CsvPlace from) const;
    std::string_view rest() const { return std::string_view(buffer_).substr(at_); }

    TextReader text_;
    std::string buffer_;
    std::size_t at_ = 0;         // where the record given last starts
    std::size_t last_size_ = 0;  // its size in the buffer
    bool last_cut_ = false;      // it goes on behind the buffer
    CsvPlace last_place_ = CsvPlace::cell_start;
    bool ended_ = false;
    std::int64_t line_ = 1;  // physical line at at_
    char delimiter_ = ',';
};

}  // namespace seals::intake
