// Office: a history with a baseline and half an hour of watch behind it, judged as it is now.
#pragma once

#include <algorithm>

#include "history.hpp"

namespace seals::evidence::test {

struct Office : History {
    Office() {
        pass(1'000);
        register_seals();
        baseline();
        pass(2'000);
        state(true);
        watch(3);
    }
    // Proved as it is now.
    Statement judge(std::int64_t from, std::int64_t to, const std::string& seal = "S1") {
        prove();
        given = check_leaves(checkpoint, leaves);
        return never_left(seal, {{from}, {to}}, given);
    }
    Given given;
};

inline bool has(const std::vector<Reason>& all, std::string_view code) {
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.code == code; });
}

}  // namespace seals::evidence::test
