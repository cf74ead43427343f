// Application: what is asked for at the cabinet itself, and the chain of posts that it goes up. The
// chain is kept as the policy had it when the application came: whoever asks later who had the
// power to approve is answered by it, whatever the policy says by then. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"

namespace seals::rules {

struct ApprovalStep {
    std::string post, title, powers;
    std::int64_t max_impressions = 0;
    std::vector<PersonId> persons, delegates;
    bool approved = false, refused = false;
    PersonId decided_by{};
    PersonId delegate_of{};  // for whom, where a delegate decided
    bool appointed = false;  // by the policy of that day, when nobody of the chain was left
    Instant at{};
    std::string opinion{};  // from the vault

    bool decided() const { return approved || refused; }
};

struct Application {
    std::string number, counterpart;  // of the document; from the vault
    std::vector<ApprovalStep> steps;
    bool accepted = false, rejected = false;

    // Whose turn it is; null: nobody's.
    const ApprovalStep* due() const {
        if (accepted || rejected) return nullptr;
        for (const auto& step : steps)
            if (!step.decided()) return &step;
        return nullptr;
    }
    std::int64_t number_of(const ApprovalStep& step) const {  // from 1
        return static_cast<std::int64_t>(&step - steps.data()) + 1;
    }
};

}  // namespace seals::rules
