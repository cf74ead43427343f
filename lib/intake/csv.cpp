#include "intake/csv.hpp"

#include <algorithm>

namespace seals::intake {
namespace {

constexpr std::size_t kBlanks = 64;  // looked over before an opening or after a closing quote

class Scanner {
  public:
    Scanner(std::string_view text, const CsvScanOptions& options)
        : text_(text), options_(options) {}

    CsvScan run() {
        switch (options_.from) {
            case CsvPlace::in_quotes:
                whole_ = in_quotes();
                break;
            case CsvPlace::in_cell:
                whole_ = plain();
                break;
            case CsvPlace::cell_start:
                whole_ = cell();
                break;
        }
        while (whole_ && !end_of_record())
            whole_ = cell();
        scan_.complete = whole_;
        scan_.size = at_;
        auto& record = scan_.record;
        record.lines = std::max<std::int64_t>(1, count_line_ends(text_.substr(0, at_)) +
                                                     (at_ == text_.size() && !ended_line_ ? 1 : 0));
        record.blank = record.cells.size() == 1 && at_ - end_size_ == 0;
        return std::move(scan_);
    }

  private:
    bool at_end() const { return at_ >= text_.size(); }
    bool blank_at(std::size_t i) const {
        return text_[i] == ' ' || (text_[i] == '\t' && options_.delimiter != '\t');
    }
    bool stop_at(std::size_t i) const {
        return text_[i] == options_.delimiter || text_[i] == '\n' || text_[i] == '\r';
    }
    std::size_t skip_blanks(std::size_t i) const {
        auto most = std::min(text_.size(), i + kBlanks);
        while (i < most && blank_at(i))
            ++i;
        return i;
    }

    // At a separator or a line end: takes it, and says whether the record is over. A lone CR at the
    // end of a text that goes on may be half of a CRLF.
    bool end_of_record() {
        if (at_end()) return true;
        if (text_[at_] == options_.delimiter) {
            ++at_;
            return false;
        }
        end_size_ = text_.substr(at_, 2) == "\r\n" ? 2 : 1;
        at_ += end_size_;
        ended_line_ = true;
        return true;
    }

    bool cell() {
        auto open = skip_blanks(at_);
        scan_.place = CsvPlace::cell_start;
        if (open == text_.size() && !options_.final) return false;
        start_cell();
        if (open < text_.size() && text_[open] == '"') {
            at_ = open + 1;
            return in_quotes();
        }
        return plain();
    }

    bool plain() {
        scan_.place = CsvPlace::in_cell;
        auto end = at_;
        while (end < text_.size() && !stop_at(end))
            ++end;
        put(text_.substr(at_, end - at_));
        at_ = end;
        if (at_end()) return options_.final;
        return options_.final || text_[at_] != '\r' || at_ + 1 < text_.size();
    }

    // From inside the quotes to the closing one. A quote is the closing one when a separator, a
    // line end or nothing follows; any other is a stray one that belongs to the text.
    bool in_quotes() {
        scan_.place = CsvPlace::in_quotes;
        for (;;) {
            auto quote = text_.find('"', at_);
            auto end = std::min(quote, text_.size());
            if (quote == std::string_view::npos && !options_.final && end > at_ &&
                text_[end - 1] == '\r')
                --end;  // leave a CR with the LF that may follow
            put(text_.substr(at_, end - at_));
            at_ = end;
            if (quote == std::string_view::npos) return open_at_end();
            if (text_.substr(quote, 2) == "\"\"") {
                put("\"");
                at_ = quote + 2;
                continue;
            }
            auto after = skip_blanks(quote + 1);
            if (!options_.final && after + 1 >= text_.size() && after < quote + kBlanks)
                return false;  // what follows decides
            if (after >= text_.size() || stop_at(after)) {
                at_ = after;
                return true;
            }
            put("\"");
            at_ = quote + 1;
        }
    }
    bool open_at_end() {
        if (!options_.final) return false;
        scan_.record.open_quote = true;
        return true;
    }

    void start_cell() {
        auto& cells = scan_.record.cells;
        if (!options_.keep) return;
        if (cells.size() == kCells) {
            fault("the record has more than " + std::to_string(kCells) + " cells");
            return;
        }
        cells.emplace_back();
    }
    void put(std::string_view part) {
        if (!options_.keep || !scan_.record.fault.empty()) return;
        auto& cell = scan_.record.cells.back();
        if (cell.size() + part.size() > kCellBytes) {
            fault("the cell is larger than " + std::to_string(kCellBytes / 1024) + " KiB");
            return;
        }
        cell += part;
    }
    void fault(std::string why) {
        if (!scan_.record.fault.empty()) return;
        scan_.record.fault = std::move(why);
        scan_.record.fault_cell = scan_.record.cells.size() - 1;
    }

    std::string_view text_;
    const CsvScanOptions& options_;
    std::size_t at_ = 0;
    std::size_t end_size_ = 0;
    bool ended_line_ = false;
    bool whole_ = false;
    CsvScan scan_;
};

}  // namespace

CsvScan scan_csv(std::string_view text, const CsvScanOptions& options) {
    return Scanner(text, options).run();
}

std::int64_t count_line_ends(std::string_view text) {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
            ++count;
    return count;
}

std::string quote_csv(std::string_view cell, char delimiter) {
    const char special[] = {delimiter, '"', '\r', '\n', ' ', '\t', '\0'};
    if (cell.find_first_of(special) == std::string_view::npos) return std::string(cell);
    std::string out = "\"";
    for (char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace seals::intake
