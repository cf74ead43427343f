// Who acts in a command, and what ties its retries together. Plain values, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"

namespace seals::rules {

// What identifies a retry of the same request (`Idempotency-Key`), kept in the first leaf.
struct Idempotency {
    std::int64_t uid = 0;
    std::string key;   // empty: none was given
    std::string body;  // sha256 hex of the request, factors aside
};

enum class FactorOutcome { ok, wrong, not_set };

struct FactorChecked {
    std::string kind;  // pin
    FactorOutcome outcome = FactorOutcome::wrong;
};

// Somebody who acts, with what shows who that is.
struct Acting {
    PersonId person;
    std::vector<FactorChecked> factors;
};

}  // namespace seals::rules
