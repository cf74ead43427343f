#include "blind_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>

#include <fcntl.h>
#include <iconv.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "base/slot.hpp"
#include "base/text.hpp"

namespace seals::sealctl {
namespace {

constexpr std::size_t kMostBytes = 256 * 1024;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

Error wrong(const Printer& print, std::string_view key, std::size_t line,
            const std::vector<std::string>& args = {}) {
    auto error = invalid("blind", print.text(key, args));
    if (line > 0) error.line = static_cast<long>(line);
    return error;
}

Result<std::string> text_in(const std::string& path, const Printer& print) {
    Fd fd(path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return invalid("blind", path + ": " + std::strerror(errno));
    std::string text(kMostBytes + 1, '\0');
    std::size_t have = 0;
    while (have < text.size()) {
        auto got = ::read(fd.get(), text.data() + have, text.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return invalid("blind", path + ": " + std::strerror(errno));
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    if (have > kMostBytes) return wrong(print, "blind.long", 0);
    text.resize(have);
    return text;
}

// GB18030 has GBK and GB 2312 within it.
std::optional<std::string> from_gbk(std::string text) {
    auto converter = ::iconv_open("UTF-8", "GB18030");
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    std::string out(text.size() * 2 + 4, '\0');
    char* in = text.data();
    char* to = out.data();
    auto left = text.size(), room = out.size();
    bool whole = ::iconv(converter, &in, &left, &to, &room) != static_cast<std::size_t>(-1);
    ::iconv_close(converter);
    if (!whole || left > 0) return std::nullopt;
    out.resize(out.size() - room);
    return out;
}

Result<std::string> decoded(std::string text, const Printer& print) {
    if (text.starts_with(kMark)) text.erase(0, kMark.size());
    if (text.find('\0') != std::string::npos) return wrong(print, "blind.encoding", 0);
    if (valid_utf8(text)) return text;
    auto converted = from_gbk(std::move(text));
    if (!converted) return wrong(print, "blind.encoding", 0);
    return *converted;
}

struct Record {
    std::size_t line = 0;  // on which it begins
    std::vector<std::string> cells;
};

// Records of a small CSV text; a quoted cell may hold the separator, quotes and line ends.
class Records {
  public:
    explicit Records(std::string_view text) : text_(text) {
        auto heading = text.substr(0, text.find('\n'));
        for (char c : {'\t', ';'})
            if (heading.find(c) != std::string_view::npos) separator_ = c;
    }

    // nullopt: the text ends within a quoted cell.
    std::optional<std::vector<Record>> all() {
        std::vector<Record> records;
        while (at_ < text_.size()) {
            Record record{began_ = line_, {}};
            while (cell(record)) {
            }
            if (open_) return std::nullopt;
            bool blank = std::all_of(record.cells.begin(), record.cells.end(),
                                     [](const auto& cell) { return trimmed(cell).empty(); });
            if (!blank) records.push_back(std::move(record));
        }
        return records;
    }

    std::size_t began() const { return began_; }  // the line of the last record

  private:
    // False: it was the last one of its record.
    bool cell(Record& record) {
        std::string cell;
        open_ = at_ < text_.size() && text_[at_] == '"';
        if (open_) ++at_;
        for (; at_ < text_.size(); ++at_) {
            char c = text_[at_];
            if (c == '\n') ++line_;
            if (open_ && c == '"') {
                open_ = at_ + 1 < text_.size() && text_[at_ + 1] == '"';
                if (open_) cell += text_[++at_];
            } else if (!open_ && (c == separator_ || c == '\n')) {
                break;
            } else if (c != '\r' || open_) {
                cell += c;
            }
        }
        record.cells.push_back(std::move(cell));
        bool more = at_ < text_.size() && text_[at_] == separator_;
        ++at_;
        return more;
    }

    std::string_view text_;
    char separator_ = ',';
    std::size_t at_ = 0, line_ = 1, began_ = 1;
    bool open_ = false;  // within quotes
};

template <std::size_t N>
std::optional<std::size_t> column(const Record& heading,
                                  const std::array<std::string_view, N>& of) {
    for (std::size_t i = 0; i < heading.cells.size(); ++i)
        if (std::find(of.begin(), of.end(), trimmed(heading.cells[i])) != of.end()) return i;
    return std::nullopt;
}

std::string cell_at(const Record& record, std::size_t column) {
    return column < record.cells.size() ? std::string(trimmed(record.cells[column]))
                                        : std::string{};
}

bool says_none(const std::string& cell) {
    return cell.empty() || cell == "-" || cell == "空" || cell == "无";
}

}  // namespace

Result<std::vector<wire::BlindRow>> blind_rows(std::string text, const Printer& print) {
    auto plain = decoded(std::move(text), print);
    if (!plain) return plain.error();
    Records reader(*plain);
    auto records = reader.all();
    if (!records) return wrong(print, "blind.quote", reader.began());
    if (records->empty()) return wrong(print, "blind.heading", 1);
    const auto& heading = records->front();
    auto slots = column(heading, std::to_array<std::string_view>({"slot", "格口", "格口号"}));
    auto seals = column(heading, std::to_array<std::string_view>({"seal", "印章", "印章编号"}));
    if (!slots || !seals) return wrong(print, "blind.heading", heading.line);
    std::vector<wire::BlindRow> rows;
    std::map<std::string, std::size_t> lines;
    for (auto record = records->begin() + 1; record != records->end(); ++record) {
        auto slot = slot_number(cell_at(*record, *slots));
        if (!slot) return wrong(print, "blind.slot", record->line, {cell_at(*record, *slots)});
        auto id = slot_id(*slot).str();
        auto [before, fresh] = lines.emplace(id, record->line);
        if (!fresh)
            return wrong(print, "blind.twice", record->line, {id, std::to_string(before->second)});
        auto seal = cell_at(*record, *seals);
        rows.push_back({id, says_none(seal) ? "" : seal, static_cast<std::int64_t>(record->line)});
    }
    return rows;
}

Result<std::vector<wire::BlindRow>> blind_rows_in_file(const std::string& path,
                                                       const Printer& print) {
    auto text = text_in(path, print);
    if (!text) return text.error();
    return blind_rows(std::move(*text), print);
}

}  // namespace seals::sealctl
