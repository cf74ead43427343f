// run: a command line from its words to its exit status. main() hands it the real world, a test one
// of its own.
#pragma once

#include <string>
#include <vector>

#include "print.hpp"
#include "settings.hpp"

namespace seals::sealctl {

int run(const std::vector<std::string>& words, const Environment& environment, Streams streams);

}  // namespace seals::sealctl
