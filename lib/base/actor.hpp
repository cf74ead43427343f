// Actor: who caused an event, as it stands in a leaf. kind: person, uid, device or hq.
#pragma once

#include <string>

namespace seals {

struct Actor {
    std::string id;
    std::string kind;

    friend bool operator==(const Actor&, const Actor&) = default;
};

inline Actor device_actor() {
    return {"sealsd", "device"};
}

}  // namespace seals
