// Result: how a request ended, as its source is told. Made of the entry that recorded the end, so
// that of one revision it is the same whenever it is asked for. Questions thread; blocks.
#pragma once

#include <set>
#include <string>

#include "engine/store.hpp"
#include "rules/state.hpp"
#include "wire/ending.hpp"

namespace seals::api {

struct ResultOf {
    std::string request;
    std::string origin;
    bool simulated = false;
    std::set<std::string> hidden;  // seals that the caller may not see
};

// not_found; conflict: it has not ended; denied: it is of seals that are hidden.
Result<wire::ResultView> result_of(ledger::Reader& reader, const ResultOf& asked);

// Whether one who may not see these seals sees nothing of the request.
bool is_hidden(const rules::Request& request, const std::set<std::string>& hidden);

}  // namespace seals::api
