// Watches a visit at the cabinet to its end and tells each step. Blocks; survives a restart of
// sealsd.
#pragma once

#include <string>

#include "context.hpp"

namespace seals::sealctl {

// The exit status of the session's code. Steps are told in words, with --json as they came.
int watch_visit(Context& context, const std::string& session);

}  // namespace seals::sealctl
