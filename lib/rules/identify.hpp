// Identify: is this person known, active, not locked out, and did he show who he is. A wrong factor
// is recorded as a failure of that person, whatever becomes of the act. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "rules/command.hpp"
#include "rules/decide.hpp"
#include "rules/policy.hpp"

namespace seals::rules {

struct Identified {
    std::optional<Error> refusal;
    std::vector<Event> events;  // of a failed identification
};

// `required`: the kinds of factor that must be right.
Identified identify(const State&, const Policy&, const Context&, const Acting&,
                    const std::vector<std::string>& required = {"pin"});

// Everybody who acts; the first refusal, and the failures of all.
Identified identify_all(const State&, const Policy&, const Context&, const std::vector<Acting>&);

// How every act that persons prove ends: where no rule said no yet (`why`), they are identified; a
// refusal is recorded last. True: the act goes on.
bool admit(const State&, const Policy&, const Context&, std::string_view act, const SealId&,
           const std::vector<Acting>&, const Idempotency&, std::optional<Error> why, Decision&);

// Two persons act, and they are two.
std::optional<Error> pair_refusal(std::string_view act, const std::vector<Acting>&);

}  // namespace seals::rules
