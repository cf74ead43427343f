// What the files that make requests share: an OA's, one on paper, an emergency, an application.
// Not for other rooms. Pure, any thread.
#pragma once

#include <optional>

#include "rules/command.hpp"
#include "rules/decide.hpp"

namespace seals::rules {

// The request of that source and number, or null, and the id it has or would get. `id` stays empty
// when both of its possible ids belong to others.
const Request* known_request(const State&, const Request& wanted, RequestId& id);

// What is wrong with a request whatever its status; nothing: it can be stored.
std::optional<Error> request_fault(const State&, const Request& wanted);

// Whom the chain of names ("A>B>C", "A(E1001)→B") stands for. A name that two persons bear stands
// for both: who approved cannot be told, so neither counts as free of it.
std::vector<PersonId> approvers_in(const State&, const std::string& chain);

// The event that makes it a grant.
Event acceptance(const Context&, const Request& request, const Idempotency&);

// The OA's grant on the seal of `by` ends: `by` was the grant.
void end_second_grant(const Context&, const Request& oa, const Request& by, std::vector<Event>&);

// Why an emergency of that seal that nobody cured in time lets it out no more.
std::optional<Error> uncured_refusal(const State&, const SealId& seal, Instant now);
void watch_emergencies(const State&, const Context&, std::vector<Event>&);

}  // namespace seals::rules
