// The verbs of `sealctl sim`, as JSON in and out. Loop thread.
#pragma once

#include <string>

#include "cabinet.hpp"

namespace seals::simd {

// {"verb", "args"} -> {"code": "ok", "result"} or the members of an Error.
std::string answer_verb(Cabinet& cabinet, ByteView question);

}  // namespace seals::simd
