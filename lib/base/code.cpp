#include "base/code.hpp"

namespace seals {

const CodeRow& row_of(Code code) {
    return kCodes[static_cast<std::size_t>(code)];
}

std::optional<Code> code_named(std::string_view name) {
    for (const auto& row : kCodes)
        if (row.name == name) return row.code;
    return std::nullopt;
}

}  // namespace seals
