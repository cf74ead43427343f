// What the commands of requests and those of applications share.
#pragma once

#include "context.hpp"

namespace seals::sealctl {

// The chain of an application, step by step; nothing for a request of an OA.
void print_approval(Context& context, const Value& request);

// Who applied takes it back: `request withdraw ID --person P`.
int run_withdraw_own(Context& context);

}  // namespace seals::sealctl
