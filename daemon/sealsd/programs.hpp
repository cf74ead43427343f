// The one-job programs that sealsd starts itself where no service manager does (demo, tests): a
// fresh sealsd-intake per upload and per import. Any thread, except reap().
#pragma once

#include <string>
#include <vector>

#include "base/fd.hpp"
#include "base/result.hpp"

namespace seals::sealsd {

// Beside our own program, or in libexec/seals next to its bin. Empty: not found.
std::string find_program(const std::string& name);

// Starts it with `standard_input` as its fd 0; standard error is shared, all else closed.
Status spawn(const std::string& program, const std::vector<std::string>& args,
             const Fd& standard_input);

// Collects programs that have ended; called on SIGCHLD.
void reap();

// A connected pair: ours, and the child's standard input.
Result<std::pair<Fd, Fd>> socket_pair();

}  // namespace seals::sealsd
