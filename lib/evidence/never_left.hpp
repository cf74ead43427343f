// Never left: whether a seal lay in its slot from one moment to another, by the leaves alone. The
// evidence is every leaf from the last full state leaf before the time to the first sighting after
// it, without a gap, and beside them the seal's leaf before those, the baseline, leaf 1 and the
// device's boot. A sighting is a leaf that says: in its slot, door shut, tag authentic. Between two
// sightings the time is covered when nothing disturbed the watch; else it is listed. Pure, any
// thread; the same leaves give the same statement on any machine.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/given.hpp"
#include "evidence/state_book.hpp"

namespace seals::evidence {

struct Period {
    Instant from, to;  // both included
};

// How the watch is measured.
struct Limits {
    milliseconds state_gap{720'000};  // a state leaf is due every ten minutes; two more of grace
    milliseconds clock_slack{6'000};  // between the clock and the time since boot
};

enum class LeftVerdict { proven, proven_except, not_proven, left };
std::string_view name_of(LeftVerdict verdict);

struct Uncovered {
    Instant from, to;
    std::uint64_t after = 0, before = 0;  // seq of the sightings around it; 0: there is none
    std::vector<Reason> why;
};

// A state leaf that says something else of the seal than that it lies there.
struct Deviation {
    std::uint64_t seq = 0;
    Instant at;
    std::optional<SealState> state;  // none: the seal is not listed
};

struct Statement {
    std::string seal;
    Period period;
    LeftVerdict verdict = LeftVerdict::not_proven;
    std::vector<Reason> faults;
    std::vector<Uncovered> uncovered;
    std::vector<const Entry*> chain;  // of the seal: the leaf before, those within, the one after
    std::vector<const Entry*> takes;  // within the time, and the one before it was out by
    std::vector<const Entry*>
        device;  // boots, clock, self-tests, devices, policy: within the range
    std::vector<Deviation> deviations;
    std::size_t states = 0, sightings = 0;
    milliseconds longest_gap{0};  // between two sightings, within the time
    const Entry* baseline = nullptr;
    std::uint64_t first = 0, last = 0;  // seq of the leaves that the verdict rests on, all of them
};

// `given` must outlive the statement.
Statement never_left(const std::string& seal, const Period& period, const Given& given,
                     const Limits& limits = {});

}  // namespace seals::evidence
