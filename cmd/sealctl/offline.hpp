// Verification of files: what `sealctl verify` does with --checkpoint, --proof, --consistency and
// --dump. Needs no daemon; where sealsd can be asked it is held against the checkpoint, too.
// Blocks.
#pragma once

#include "context.hpp"

namespace seals::sealctl {

bool wants_files(const Arguments& arguments);  // one of those options is given
int verify_files(Context& context);            // the exit status

}  // namespace seals::sealctl
