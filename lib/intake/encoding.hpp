// Which encoding a file is written in, settled by reading all of it once: a byte order mark is
// believed; without one, text that is valid UTF-8 throughout is UTF-8, and the rest is GB18030
// (which holds GBK and GB2312). Pure but for the reads, bounded memory.
#pragma once

#include <cstdint>
#include <string_view>

#include "intake/source.hpp"

namespace seals::intake {

enum class Encoding { utf8, utf16le, utf16be, gb18030 };
std::string_view name_of(Encoding encoding);

struct Survey {
    Encoding encoding = Encoding::utf8;
    std::int64_t start = 0;  // where the text begins, after a byte order mark
};

// Code::invalid, with what to do, for a workbook, a PDF, a web page or other bytes that are no
// text, and with the line for UTF-8 that is damaged in one place.
Result<Survey> survey(const ByteSource& source);

}  // namespace seals::intake
