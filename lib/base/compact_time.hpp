// A moment as names of files and folders have it: "20261125T010203Z". Pure, any thread.
#pragma once

#include <string>

#include "base/instant.hpp"

namespace seals {

inline std::string to_compact_utc(Instant at) {
    std::string out;
    for (char c : to_rfc3339(at)) {
        if (c == '.') break;
        if (c != '-' && c != ':') out += c;
    }
    return out + "Z";
}

}  // namespace seals
