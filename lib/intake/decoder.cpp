#include "intake/decoder.hpp"

#include <algorithm>
#include <array>

#include <unicode/ucnv.h>

namespace seals::intake {
namespace {

void put_utf8(std::string& out, std::uint32_t c) {
    auto tail = [&](int shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3f)); };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xc0 | c >> 6);
        tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xe0 | c >> 12);
        tail(6), tail(0);
    } else {
        out += static_cast<char>(0xf0 | c >> 18);
        tail(12), tail(6), tail(0);
    }
}

bool is_high(std::uint32_t unit) {
    return (unit & 0xfc00) == 0xd800;
}
bool is_low(std::uint32_t unit) {
    return (unit & 0xfc00) == 0xdc00;
}

}  // namespace

// ICU's converter, stopping at the first byte it cannot convert.
struct TextReader::Gb18030 {
    UConverter* converter = nullptr;
    std::vector<UChar> units = std::vector<UChar>(kPiece);
    std::uint32_t high = 0;  // a surrogate whose partner is in the next piece

    Gb18030() {
        UErrorCode code = U_ZERO_ERROR;
        converter = ucnv_open("gb18030", &code);
        ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
    }
    Gb18030(const Gb18030&) = delete;
    Gb18030& operator=(const Gb18030&) = delete;
    ~Gb18030() { ucnv_close(converter); }

    void put(std::uint32_t unit, std::string& out) {
        if (is_high(unit)) {
            high = unit;
            return;
        }
        put_utf8(out, is_low(unit) && high != 0 ? 0x10000 + ((high & 0x3ff) << 10 | (unit & 0x3ff))
                                                : unit);
        high = 0;
    }
    bool decode(std::string_view bytes, bool last, std::string& out) {
        const char* from = bytes.data();
        UErrorCode code = U_BUFFER_OVERFLOW_ERROR;
        while (code == U_BUFFER_OVERFLOW_ERROR) {
            code = U_ZERO_ERROR;
            UChar* to = units.data();
            ucnv_toUnicode(converter, &to, units.data() + units.size(), &from,
                           bytes.data() + bytes.size(), nullptr, static_cast<UBool>(last), &code);
            std::for_each(units.data(), to, [&](UChar unit) { put(unit, out); });
        }
        return U_SUCCESS(code) != 0;
    }
};

TextReader::TextReader(const ByteSource& source, Survey survey)
    : source_(&source), survey_(survey), at_(survey.start), chunk_(kPiece) {
    if (survey.encoding == Encoding::gb18030) gb18030_ = std::make_unique<Gb18030>();
}
TextReader::TextReader(TextReader&&) noexcept = default;
TextReader& TextReader::operator=(TextReader&&) noexcept = default;
TextReader::~TextReader() = default;

Result<TextReader> TextReader::open(const ByteSource& source, const Survey& survey) {
    TextReader reader(source, survey);
    if (reader.gb18030_ && reader.gb18030_->converter == nullptr)
        return internal("this system's ICU has no converter for GB18030");
    return reader;
}

Error TextReader::undecodable() const {
    Error error = invalid("file", "line " + std::to_string(line_) +
                                      " holds bytes that are neither UTF-8 nor GB18030 nor UTF-16 "
                                      "with a byte order mark; this is not a text file");
    if (survey_.encoding == Encoding::utf16le || survey_.encoding == Encoding::utf16be)
        error.detail = "line " + std::to_string(line_) + " holds bytes that are not " +
                       std::string(name_of(survey_.encoding)) + ", which the file begins as";
    error.remedy = "export the list again as CSV in UTF-8 and import that";
    error.line = line_;
    return error;
}

Result<bool> TextReader::read(std::string& out) {
    if (ended_) return false;
    auto got = source_->read_at(at_, chunk_);
    if (!got) return got.error();
    at_ += static_cast<std::int64_t>(*got);
    ended_ = *got < chunk_.size();
    auto before = out.size();
    auto status = decode({chunk_.data(), *got}, ended_, out);
    auto checked = check(std::string_view(out).substr(before));
    if (!status) return undecodable();
    if (!checked) return checked.error();
    return !ended_ || out.size() > before;
}

Status TextReader::check(std::string_view text) {
    auto nul = text.find('\0');
    line_ += std::count(
        text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(nul, text.size())), '\n');
    if (nul == std::string_view::npos) return {};
    auto error = undecodable();
    error.detail = "line " + std::to_string(line_) + " holds a NUL; this is not a text file";
    return error;
}

Status TextReader::decode(std::string_view bytes, bool last, std::string& out) {
    switch (survey_.encoding) {
        case Encoding::utf8:
            out += bytes;
            return {};  // the survey found it valid
        case Encoding::gb18030:
            if (!gb18030_->decode(bytes, last, out)) return undecodable();
            return {};
        default:
            return decode_utf16(bytes, last, out);
    }
}

Status TextReader::decode_utf16(std::string_view bytes, bool last, std::string& out) {
    rest_ += bytes;
    std::size_t low_byte = survey_.encoding == Encoding::utf16le ? 0 : 1;
    auto unit_at = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(rest_[i + low_byte]) |
                                          static_cast<unsigned char>(rest_[i + 1 - low_byte]) << 8);
    };
    std::size_t at = 0;
    for (; at + 2 <= rest_.size(); at += 2) {
        auto unit = unit_at(at);
        if (is_low(unit)) return undecodable();
        if (!is_high(unit)) {
            put_utf8(out, unit);
            continue;
        }
        if (at + 4 > rest_.size()) break;
        auto low = unit_at(at + 2);
        if (!is_low(low)) return undecodable();
        put_utf8(out, 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff)));
        at += 2;
    }
    rest_.erase(0, at);
    if (last && !rest_.empty()) return undecodable();
    return {};
}

}  // namespace seals::intake
