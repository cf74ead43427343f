// Changes: what a configuration would change of the policy in force, and which of it loosens. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace seals::config {

enum class Direction { other, tighter, looser };

struct Change {
    std::string key;  // "control.max_held"
    std::string now, next;
    Direction direction = Direction::other;
};

// `in_force`: a policy's text as policy.loaded records it. A key that it does not have (it is older
// than we are) counts as changed from its default.
std::vector<Change> policy_changes(std::string_view in_force, const Config& next);

}  // namespace seals::config
