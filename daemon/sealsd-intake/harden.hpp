// What a program that reads foreign files gives up before it reads the first byte. systemd does
// more (see its unit); this holds where there is none. Call once, from the only thread.
#pragma once

#include <cstdint>

#include "base/result.hpp"

namespace seals {

struct Hardening {
    bool no_writing = true;        // no file may grow; sockets and pipes are not files
    std::uint64_t file_bytes = 0;  // else: the largest file that may be written, 0 for any
};

// Memory, CPU time, open files, no new privileges, no core dump and no debugger, no SIGPIPE
// and SIGXFSZ.
// Code::internal when the kernel refuses any of it.
Status harden(const Hardening& hardening);

}  // namespace seals
