#include "engine/time_keeper.hpp"

#include <algorithm>

namespace seals::engine {

Moment TimeKeeper::read() const {
    auto reading = clock_.read();
    Moment moment{std::max(reading.utc, floor_), reading.mono_ms, true, {}};
    if (reading.utc < floor_)
        moment.why = "it is behind the last entry by " +
                     std::to_string((floor_ - reading.utc).count()) + " ms";
    else if (!simulated_ && !reading.synced && !accepted_)
        moment.why = "no time source has set it since boot";
    moment.trusted = moment.why.empty();
    return moment;
}

void TimeKeeper::recorded(Instant leaf) {
    floor_ = std::max(floor_, leaf);
}

std::optional<milliseconds> TimeKeeper::step() {
    auto reading = clock_.read();
    milliseconds jump{(reading.utc.ms - last_.utc.ms) - (reading.mono_ms - last_.mono_ms)};
    last_ = reading;
    if (jump <= kStep && jump >= -kStep) return std::nullopt;
    return jump;
}

milliseconds TimeKeeper::accept() {
    auto reading = clock_.read();
    auto by = reading.utc - floor_;
    floor_ = reading.utc;
    accepted_ = true;
    return by;
}

}  // namespace seals::engine
