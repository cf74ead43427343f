// sealctl: speaks to a seal cabinet from the command line. See sealctl(1).
#include <algorithm>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

#include "run.hpp"

namespace {

std::size_t terminal_width() {
    if (const char* columns = std::getenv("COLUMNS"))
        if (auto width = std::strtoul(columns, nullptr, 10); width > 0) return width;
    winsize size{};
    bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

}  // namespace

int main(int argc, char** argv) {
    seals::sealctl::Streams streams;
    streams.out_terminal = ::isatty(STDOUT_FILENO) != 0;
    streams.err_terminal = ::isatty(STDERR_FILENO) != 0;
    streams.width = streams.out_terminal ? terminal_width() : 0;
    return seals::sealctl::run(
        {argv + std::min(argc, 1), argv + argc}, [](const char* name) { return std::getenv(name); },
        streams);
}
