// Finding a seal among all by what a person remembers of it. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/value.hpp"

namespace seals::sealctl {

// The seals in which every word occurs, the likeliest first: an id before a name, a name before an
// entity, a beginning before a middle. Latin letters count the same in either case.
Value::Array find_seals(const Value::Array& seals, const std::vector<std::string>& words);

}  // namespace seals::sealctl
