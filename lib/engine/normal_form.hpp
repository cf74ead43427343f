// Personal text in Unicode's normal form C, as the vault keeps it: what is decided about, what is
// in memory, and what a replay makes of the entries are then the same text. Pure, any thread. Text
// that is no UTF-8 stays as it is: no leaf can hold it.
#pragma once

#include "rules/command.hpp"

namespace seals::engine {

void normalise(rules::Command& command);
void normalise(rules::Event& event);

}  // namespace seals::engine
