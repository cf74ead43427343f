// THE table of acts on a seal's life: which verb leads from which states to which, who must take
// part, and the event that records it. Rules, API, command line and manual go by it. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "words/event_types.hpp"
#include "words/terms.hpp"

namespace seals {

enum class SealAct {
    enrol,
    activate,
    suspend,
    resume,
    lose,
    publish,
    recover,
    retire,
    seal_away,
    surrender,
    destroy
};

struct SealActRow {
    SealAct act;
    std::string_view verb;  // "seal-away", as in the command line and the route
    EventType event;
    std::string_view from;  // space-separated states that it may begin in
    SealState to;
    int witnesses;      // at least so many, each with a factor
    bool approver;      // and one who approves
    bool file;          // a file is compulsory (the final impression)
    bool ends_grants;   // what was granted on the seal is revoked for good
    bool leaves_house;  // the seal must be out of its slot, and its slot becomes free
    std::string_view zh;
};

std::span<const SealActRow> seal_act_rows();
const SealActRow& row_of(SealAct act);
std::optional<SealAct> seal_act_named(std::string_view verb);

// Whether a seal in that state may be the object of the act.
bool may_begin(const SealActRow& row, SealState state);

}  // namespace seals
