// decide(): state + policy + moment + command → events, or a refusal (whose recording is among the
// events). Pure: it reads nothing else and changes nothing. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "rules/command.hpp"
#include "rules/policy.hpp"

namespace seals::rules {

// How an upsert ended, for the counts of an import.
enum class Upserted { accepted, unchanged, withdrawn, left_out, refused, conflict };

struct Decision {
    std::vector<Event> events;  // in order; may be empty (nothing changed)
    std::optional<Error>
        refusal;  // why not; events then hold the recorded refusal, if it is recorded
    Upserted upserted = Upserted::unchanged;
    std::string id;  // request id chosen, session id opened
};

Decision decide(const State& state, const Policy& policy, const Context& context,
                const Command& command);

}  // namespace seals::rules
