// Controls: limits on a take beyond the request itself — hours of use, a second person, how many
// seals and which together one person may hold, separation of approval and use, an inventory after
// an opening without us. Each is its own rule; nothing here opens anything. Pure, any thread.
#pragma once

#include <optional>

#include "base/result.hpp"
#include "rules/command.hpp"
#include "rules/policy.hpp"

namespace seals::rules {

using Refusal = std::optional<Error>;

Refusal override_refusal(const State&);
Refusal calendar_refusal(const Policy&, const Context&, bool on_site);
Refusal second_refusal(const State&, const Policy&, const Seal&, const Take&);
Refusal max_held_refusal(const State&, const Policy&, const PersonId&);
Refusal together_refusal(const State&, const Policy&, const Seal&, const PersonId&);

// Whether both departments are known, and two.
bool of_two_departments(const Person&, const Person&);

// Two persons of whom the second is to be independent: another one, active, of another department.
Refusal independence_refusal(const State&, const PersonId& first, const PersonId& second);

// Whether seals are used at that moment, by the calendar.
bool inside_hours(const Calendar&, Instant now, milliseconds utc_offset);

// When a seal that is used on site must be back: the day's curfew or the longest time out.
std::optional<Instant> curfew_of(const Policy&, Instant now, milliseconds utc_offset);

}  // namespace seals::rules
