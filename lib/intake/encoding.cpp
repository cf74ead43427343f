#include "intake/encoding.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace seals::intake {
namespace {

constexpr std::size_t kChunk = 65536;

struct Magic {
    std::string_view bytes;
    std::string_view what;
};
constexpr std::array kForeign{
    Magic{"PK\x03\x04", "an Excel workbook (.xlsx) or another ZIP file"},
    Magic{"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"},
    Magic{"%PDF", "a PDF"},
    Magic{"<html", "a web page, whatever its name says"},
    Magic{"<!doctype", "a web page, whatever its name says"},
    Magic{"<table", "a web page, whatever its name says"},
    Magic{"<?xml", "an XML document"},
};

struct Mark {
    std::string_view bytes;
    Encoding encoding;
};
constexpr std::array kMarks{Mark{"\xef\xbb\xbf", Encoding::utf8},
                            Mark{"\xff\xfe", Encoding::utf16le},
                            Mark{"\xfe\xff", Encoding::utf16be}};

Error not_text(std::string detail, std::int64_t line = 0) {
    Error error{Code::invalid, std::move(detail),
                "export the list as CSV (UTF-8 or GBK), JSON or NDJSON and import that"};
    error.field = "file";
    if (line > 0) error.line = line;
    return error;
}

// Follows a byte stream as UTF-8: how many whole sequences, how many that are broken.
class Utf8Scan {
  public:
    void take(unsigned char byte, std::int64_t line) {
        if (left_ > 0) {
            if (byte >= low_ && byte <= high_) {
                low_ = 0x80, high_ = 0xbf;
                if (--left_ == 0) ++whole_;
                return;
            }
            left_ = 0;
            broken(line);
        }
        if (byte < 0x80) return;
        low_ = 0x80, high_ = 0xbf;
        if (byte >= 0xc2 && byte <= 0xdf) {
            left_ = 1;
        } else if ((byte & 0xf0) == 0xe0) {
            left_ = 2;
            if (byte == 0xe0) low_ = 0xa0;
            if (byte == 0xed) high_ = 0x9f;
        } else if (byte >= 0xf0 && byte <= 0xf4) {
            left_ = 3;
            if (byte == 0xf0) low_ = 0x90;
            if (byte == 0xf4) high_ = 0x8f;
        } else {
            broken(line);
        }
    }
    void finish(std::int64_t line) {
        if (left_ > 0) broken(line);
    }
    bool idle() const { return left_ == 0; }
    bool valid() const { return broken_ == 0; }
    // GBK text read as UTF-8 is broken at nearly every character; damaged UTF-8 here and there.
    bool damaged() const { return broken_ > 0 && whole_ > 4 * broken_; }
    std::int64_t first_broken_line() const { return first_broken_; }

  private:
    void broken(std::int64_t line) {
        if (broken_++ == 0) first_broken_ = line;
    }

    int left_ = 0;
    unsigned char low_ = 0x80, high_ = 0xbf;
    std::int64_t whole_ = 0, broken_ = 0, first_broken_ = 0;
};

struct Scan {
    Utf8Scan utf8;
    std::int64_t bytes = 0, line = 1, nul_line = 0, controls = 0;

    void take(unsigned char byte) {
        ++bytes;
        if (byte < 0x20 && (byte < '\t' || byte > '\r') && byte != 0x1a) take_control(byte);
        if (byte >= 0x80 || !utf8.idle()) utf8.take(byte, line);
        if (byte == '\n') ++line;
    }
    bool binary() const { return nul_line > 0 || controls * 50 > bytes; }

  private:
    void take_control(unsigned char byte) {
        ++controls;
        if (byte == 0 && nul_line == 0) nul_line = line;
    }
};

bool starts_like(std::string_view head, std::string_view magic) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return head.size() >= magic.size() &&
           std::equal(magic.begin(), magic.end(), head.begin(),
                      [&](char m, char h) { return lower(m) == lower(h); });
}

Result<Scan> scan(const ByteSource& source, std::vector<char>& chunk, std::int64_t from) {
    Scan seen;
    for (std::int64_t at = from;;) {
        auto got = source.read_at(at, chunk);
        if (!got) return got.error();
        if (*got == 0) break;
        for (std::size_t i = 0; i < *got; ++i)
            seen.take(static_cast<unsigned char>(chunk[i]));
        at += static_cast<std::int64_t>(*got);
    }
    seen.utf8.finish(seen.line);
    return seen;
}

Status refuse_foreign(std::string_view head) {
    auto text = head.substr(std::min(head.find_first_not_of(" \t\r\n\xef\xbb\xbf"), head.size()));
    for (const auto& magic : kForeign)
        if (starts_like(text, magic.bytes))
            return not_text("this is " + std::string(magic.what) + ", not a text file");
    return {};
}

Result<Survey> judge(const Scan& seen, std::int64_t start, bool marked) {
    if (seen.binary())
        return not_text("this is not a text file: it holds bytes that no text has",
                        std::max<std::int64_t>(seen.nul_line, 1));
    if (seen.utf8.valid()) return Survey{Encoding::utf8, start};
    if (marked || seen.utf8.damaged()) {
        auto line = seen.utf8.first_broken_line();
        return not_text("line " + std::to_string(line) + " holds bytes that are not UTF-8", line);
    }
    return Survey{Encoding::gb18030, start};
}

}  // namespace

std::string_view name_of(Encoding encoding) {
    constexpr std::array<std::string_view, 4> kNames{"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"};
    return kNames[static_cast<std::size_t>(encoding)];
}

Result<Survey> survey(const ByteSource& source) {
    std::vector<char> chunk(kChunk);
    auto got = source.read_at(0, chunk);
    if (!got) return got.error();
    std::string_view head(chunk.data(), *got);
    if (head.empty()) return not_text("the file is empty");
    if (auto status = refuse_foreign(head); !status) return status.error();
    std::int64_t start = 0;
    for (const auto& mark : kMarks) {
        if (!starts_like(head, mark.bytes)) continue;
        start = static_cast<std::int64_t>(mark.bytes.size());
        if (mark.encoding != Encoding::utf8) return Survey{mark.encoding, start};
    }
    auto seen = scan(source, chunk, start);
    if (!seen) return seen.error();
    return judge(*seen, start, start > 0);
}

}  // namespace seals::intake
