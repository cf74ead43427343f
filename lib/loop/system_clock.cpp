#include "loop/system_clock.hpp"

#include <ctime>
#include <fstream>

#include <sys/timex.h>

namespace seals::loop {
namespace {

std::int64_t read_ms(clockid_t which) {
    timespec now{};
    clock_gettime(which, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

SystemClock::SystemClock() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::getline(file, boot_id_);
    if (boot_id_.empty()) boot_id_ = "unknown";
}

Reading SystemClock::read() const {
    timex query{};
    int state = adjtimex(&query);  // below 0: a sandbox without it; then nothing is known
    bool synced = state >= 0 && state != TIME_ERROR && (query.status & STA_UNSYNC) == 0;
    return {{read_ms(CLOCK_REALTIME)}, read_ms(CLOCK_BOOTTIME), synced};
}

std::int64_t boottime_ms() {
    return read_ms(CLOCK_BOOTTIME);
}

}  // namespace seals::loop
