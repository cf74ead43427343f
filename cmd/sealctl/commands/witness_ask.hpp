// Asking a witness over the network for its cosignature on our newest checkpoint (the client's side
// of c2sp.org/tlog-witness), and handing that to sealsd. Blocks; bounded.
#pragma once

#include "context.hpp"

namespace seals::sealctl {

// sealctl evidence witness without a FILE: the witness at --url, else each one of [[witness]] that
// has an address. The exit status of the first that failed.
int ask_witnesses(Context& context);

}  // namespace seals::sealctl
