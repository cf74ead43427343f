// evolve(): the one way a state changes. Takes any event that a ledger may hold; members it does
// not know are ignored, so that later versions' ledgers replay. Marks what it touched. Pure.
#pragma once

#include "rules/event.hpp"
#include "rules/state.hpp"

namespace seals::rules {

void evolve(State& state, const Event& event);

// Rows that evolve() may look for: those that the event names and, once these are in memory, those
// behind them. Kinds that never settle are left out. One that is missing is taken for one that
// never was.
std::vector<Key> rows_named_by(const Event& event);
std::vector<Key> rows_behind(const State& state, const Event& event);

}  // namespace seals::rules
