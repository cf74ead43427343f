#include "base/id.hpp"

#include "base/text.hpp"

namespace seals {

bool valid_id(std::string_view text) {
    if (text.empty() || text.size() > kIdBytes || !valid_utf8(text)) return false;
    return std::none_of(text.begin(), text.end(), [](char c) {
        auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7f || c == '/' || c == '?' || c == '#' || c == '%';
    });
}

}  // namespace seals
