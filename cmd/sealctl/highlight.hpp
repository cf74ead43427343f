// Text with the parts that were found in bold. Pure.
#pragma once

#include <string>

#include "base/value.hpp"
#include "table.hpp"

namespace seals::sealctl {

// `ranges` as the API gives them: [[start, end), …] in code points, in any order; what makes no
// sense is left plain.
Cell highlighted(const std::string& text, const Value* ranges);

// The same, but of a text of several lines only those that have a range in them, one after the
// other with " · " between them; all of them where none has.
Cell found_lines(const std::string& text, const Value* ranges);

}  // namespace seals::sealctl
