#include "engine/time_keeper.hpp"

#include <algorithm>

namespace seals::engine {

Moment TimeKeeper::read() const {
    auto reading = clock_.read();
    Moment moment{std::max(reading.utc, floor_), reading.mono_ms, true, {}, {}};
    moment.behind = std::max(milliseconds{0}, floor_ - reading.utc);
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

Moment TimeKeeper::if_accepted() const {
    auto reading = clock_.read();
    return {reading.utc, reading.mono_ms, true, {}, {}};
}

milliseconds TimeKeeper::moved_if_accepted() const {
    auto utc = clock_.read().utc;
    return utc - std::max(utc, floor_);
}

void TimeKeeper::accepted(Instant leaf) {
    floor_ = leaf;
    accepted_ = true;
}

}  // namespace seals::engine
