// placeholder until the ledger branch is merged
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>
#include "base/instant.hpp"
namespace seals::ledger {
struct SearchQuery { std::string words; std::optional<Instant> from, to; std::string seal, person; std::size_t limit = 50; std::uint64_t before = 0; };
struct SearchHit { std::uint64_t seq; Instant at; std::string type, seal, request, text; std::vector<std::pair<std::size_t,std::size_t>> highlights; };
struct SearchPage { std::vector<SearchHit> hits; std::optional<std::uint64_t> next; };
}
