// Event: something that happened or was decided, before it becomes a leaf. Plain value, any thread.
// Ids that do not apply are empty. `data` is an object whose members words/event_types allows.
// `personal` is text that only the vault keeps: the leaf gets a salted commitment of it. After a
// replay it is there only as far as the vault still has it, so evolve() never decides by it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/value.hpp"
#include "words/event_types.hpp"

namespace seals::rules {

struct Event {
    EventType type{};
    Instant at;  // the decision's time: max(clock, last leaf's time)
    Actor actor;
    SessionId session{};
    SealId seal{};
    PersonId person{};
    RequestId request{};
    std::string doc{};               // sha256 hex
    std::vector<std::string> img{};  // sha256 hex each
    Value data{};
    std::vector<std::pair<std::string, std::string>> personal{};  // name → text

    friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace seals::rules
