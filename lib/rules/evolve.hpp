// evolve(): the one way a state changes. Takes any event that a ledger may hold; members it does
// not know are ignored, so that later versions' ledgers replay. Marks what it touched. Pure.
#pragma once

#include "rules/event.hpp"
#include "rules/state.hpp"

namespace seals::rules {

void evolve(State& state, const Event& event);

}  // namespace seals::rules
