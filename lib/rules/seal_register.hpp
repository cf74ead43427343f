// What the acts on the register of seals share: what is wrong with a record, the registration's
// event, and the requests that stand on a seal. Not for other rooms.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/decide.hpp"

namespace seals::rules {

// Code::invalid naming the field: an id that is none, an unknown custodian, a slot of another seal.
std::optional<Error> fault_of(const State& state, const Seal& wanted);

Event registration(const Context& context, const Seal& seal);

// Requests with a grant on the seal that could still release it.
std::vector<RequestId> open_requests(const State& state, const SealId& seal, Instant now);
void revoke_grants(const State& state, const Context& context, const SealId& seal,
                   const std::string& reason, Decision& decision);

}  // namespace seals::rules
