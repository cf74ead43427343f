// Paths and queries as they stand in a request line. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seals::client {

// RFC 3986 unreserved characters stay; all other bytes are escaped, '/' too.
std::string percent_encoded(std::string_view text);

// "/v1/seals/{}/take" with each {} replaced by the next part, encoded.
std::string path_of(std::string_view pattern, const std::vector<std::string_view>& parts);

using Query = std::vector<std::pair<std::string_view, std::string>>;

// Adds "?a=b&c=d"; pairs with an empty value are left out.
std::string with_query(std::string path, const Query& query);

}  // namespace seals::client
