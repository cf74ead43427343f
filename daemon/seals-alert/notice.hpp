// Notice: one event about an alert, as a hook gets it. Plain values, any thread.
#pragma once

#include <cstdint>
#include <string>

#include "base/instant.hpp"
#include "base/value.hpp"
#include "delivery/feed.hpp"
#include "words/texts.hpp"

namespace seals::alertd {

using delivery::Cabinet;

struct Notice {
    std::uint64_t seq = 0;
    std::string alert, type;  // id and type; for receipts and log
    Instant time;
    std::string json;  // one object and a new line
};

// `alert`: the object as the API has it now, or null when it has none; then what the event says
// must do.
Notice notice_of(const Value& event, const Value& alert, const Cabinet& cabinet, Language language);

}  // namespace seals::alertd
