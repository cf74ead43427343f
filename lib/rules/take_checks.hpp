// The rules of a take, one after the other, identification aside: all of them are asked, so that
// `policy explain` can show each, and a take is refused by the first that says no. Pure.
#pragma once

#include <vector>

#include "rules/control.hpp"
#include "words/rules.hpp"

namespace seals::rules {

struct Check {
    Rule rule;        // that was asked; a refusal may name a finer one
    Refusal refusal;  // none: it passed
};

std::vector<Check> take_checks(const State&, const Policy&, const Context&, const Take&,
                               const Seal&);

// The same for a take that nobody asks for yet: whether its persons are known and active comes
// first, factors aside. Code::not_found: no such seal.
Result<std::vector<Check>> explain_take(const State&, const Policy&, const Context&, const Take&);

// Whether it is used here: a request whose line is no take-out is bound by the day's curfew.
bool used_on_site(const State&, const Take&);

// Shared with returns: the slot is there, shut, settled, and this person has no other one open.
Refusal slot_refusal(const State&, const Seal&, const PersonId&);

}  // namespace seals::rules
