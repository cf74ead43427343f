// Inherited: sockets that systemd opened for this process (socket activation).
// Clients may connect while the program starts or restarts; they are served when it is ready.
// Call from the one thread that starts the program.
#pragma once

#include <string>

#include "base/fd.hpp"

namespace seals::loop {

// The listening Unix stream socket of that path, once; none when nobody passed it. Its file and its
// mode belong to systemd: never unlink it.
Fd inherited_socket(const std::string& path);

// The first one that nobody took yet and that listens for streams, of whatever family.
Fd inherited_listener();

}  // namespace seals::loop
