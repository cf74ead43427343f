// The request target: percent-decoding, path segments, query. A path is cut at its slashes before
// its segments are decoded, so that %2F never makes a new segment. Pure, any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace seals::api {

struct Target {
    std::string path;                   // as sent, for messages
    std::vector<std::string> segments;  // decoded: "/v1/seals/a%20b" -> v1, seals, "a b"
    std::map<std::string, std::string> query;
};

// Code::invalid for a broken escape, a control character, bytes that are no UTF-8, a name given
// twice, or a target that is neither a path nor an absolute http URL.
Result<Target> parse_target(std::string_view target);

// Valid UTF-8 without control characters; '+' stands for a space in a query only.
Result<std::string> percent_decoded(std::string_view text, bool plus_is_space);

}  // namespace seals::api
