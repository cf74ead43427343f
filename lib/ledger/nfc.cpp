#include "ledger/nfc.hpp"

#include <algorithm>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "base/text.hpp"

namespace seals::ledger {

Result<std::string> to_nfc(std::string_view text) {
    bool ascii = std::none_of(text.begin(), text.end(),
                              [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (ascii) return std::string(text);
    if (!valid_utf8(text)) return Error{Code::invalid, "the text is not valid UTF-8"};
    UErrorCode code = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(code);
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    if (U_SUCCESS(code))
        nfc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())),
                           sink, nullptr, code);
    if (U_FAILURE(code)) return internal(std::string("ICU: ") + u_errorName(code));
    return out;
}

}  // namespace seals::ledger
