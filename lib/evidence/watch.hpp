// Watch: goes over the leaves in order and tells, stretch by stretch between two sightings of a
// seal, what disturbed the watch. Inside this room. Pure; one thread.
#pragma once

#include <set>

#include "evidence/never_left.hpp"

namespace seals::evidence {

class Watch {
  public:
    Watch(std::string seal, const Period& period, const Limits& limits, Statement& statement)
        : seal_(std::move(seal)), period_(period), limits_(limits), to_(statement) {}

    void take(const Entry& entry);  // in order of seq
    void end();

  private:
    struct Disturbed {
        Reason why;
        Instant since;
    };
    bool within(Instant from, Instant to) const { return to >= period_.from && from <= period_.to; }
    // What lies between two sightings has a part in the time that no sighting itself proves.
    bool touches(Instant from, Instant to) const { return to > period_.from && from < period_.to; }
    void disturb(std::string_view code, const Entry& entry, Instant since,
                 std::vector<std::string> args = {});
    void of_seal(const Entry& entry);
    void of_device(const Entry& entry);
    void state(const Entry& entry);
    bool lies(const Entry& entry);  // what a state leaf says of the seal
    void deviate(const Entry& entry, const std::optional<SealState>& state);
    void gap_in_leaves(const Entry& entry);
    void see(const Entry& entry);
    void measure(const Entry& entry);
    void close(const Entry& entry);
    void fault(std::string_view code, const Entry& entry);
    void list(Uncovered stretch);
    Instant undisturbed() const;  // until then the watch since the last sighting was good

    const std::string seal_;
    const Period period_;
    const Limits limits_;
    Statement& to_;
    StateBook book_;
    std::set<std::string> silent_;
    const Entry* before_ = nullptr;  // the leaf taken last
    const Entry* chain_ = nullptr;   // the seal's leaf taken last
    const Entry* seen_ = nullptr;    // the newest sighting
    Instant earliest_, latest_;      // of the leaves since
    std::vector<Disturbed> disturbed_;
    std::vector<Reason> pending_;  // faults, until it is known whether they touch the time
};

}  // namespace seals::evidence
