// Shared by the files about the end of requests. Not for other rooms.
#pragma once

#include "rules/making.hpp"

namespace seals::rules {

inline Event ending_event(EventType type, const Context& context, const Request& request) {
    auto event = make_event(type, context);
    event.request = request.id;
    return event;
}

inline void add_close(const Context& context, const Request& request, std::int64_t revision,
                      Decision& decision) {
    auto event = ending_event(EventType::request_closed, context, request);
    event.actor = device_actor();
    event.data = make_data({{"revision", revision}});
    decision.events.push_back(std::move(event));
}

inline Decision refused_end(Error why) {
    Decision decision;
    decision.refusal = std::move(why);
    return decision;
}

}  // namespace seals::rules
