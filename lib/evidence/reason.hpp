// Reason: why a statement of evidence says less than it could, as a code that words/ has a text for
// in each language, the entry it stands on, and what is put into the text. Plain values, any
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace seals::evidence {

struct Reason {
    std::string_view code;  // of one of the lists below
    std::uint64_t seq = 0;  // of the leaf that shows it; 0: none does
    std::vector<std::string> args{};

    friend bool operator==(const Reason&, const Reason&) = default;
};

// Of the evidence as a whole: nothing is proved while one of these stands.
inline constexpr std::array<std::string_view, 13> kFaults{
    "leaf_bad",    "leaf_not_in_tree", "leaf_missing", "chain_broken",   "chain_missing",
    "state_ahead", "digest_mismatch",  "state_bad",    "origin_unknown", "boot_unknown",
    "no_baseline", "nothing_covered",  "open_end"};

// Of a stretch of time: it is not covered.
inline constexpr std::array<std::string_view, 17> kGaps{
    "before_baseline", "no_state_before", "no_state_after",  "state_gap",     "restart",
    "clock_step",      "clock_accepted",  "clock_untrusted", "clock_differs", "device_silent",
    "reading",         "door_open",       "custody",         "opened",        "event",
    "forced",          "not_listed"};

}  // namespace seals::evidence
