// Alerts, jobs and the release of a frozen cabinet, as they travel.
#pragma once

#include "wire/calls.hpp"

namespace seals::wire {

struct AlertView {
    std::string id, type, severity, state;
    Instant since, last;
    std::int64_t count = 1;
    std::string seal, slot, person, about, session, assigned, reason;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &AlertView::id, kRequired, "alert id"),
            wire::field("type", &AlertView::type, kRequired, "what happened, seals-alerts(7)"),
            wire::field("severity", &AlertView::severity, kRequired,
                        "critical, high, medium or low"),
            wire::field("state", &AlertView::state, kRequired, "open, acknowledged or closed"),
            wire::field("since", &AlertView::since, kRequired, "when it was raised"),
            wire::field("last", &AlertView::last, kRequired, "when it happened last"),
            wire::field("count", &AlertView::count, kRequired, "how often since"),
            wire::field("seal", &AlertView::seal, kRequired, "seal number; empty: none"),
            wire::field("slot", &AlertView::slot, kRequired, "slot; empty: none"),
            wire::field("person", &AlertView::person, kRequired, "whom it is about; empty: nobody"),
            wire::field("about", &AlertView::about, kRequired,
                        "a job, device or entity, else empty"),
            wire::field("session", &AlertView::session, kRequired, "the visit it arose in"),
            wire::field("assigned", &AlertView::assigned, kRequired, "who is to see to it"),
            wire::field("reason", &AlertView::reason, kRequired, "why it was closed")};
    }
};

struct AlertAckCall {
    std::optional<Acting> by;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("by", &AlertAckCall::by, kOptional, "who has seen it; else the caller")};
    }
};

struct AlertAssignCall {
    std::string to;
    std::optional<Acting> by;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("to", &AlertAssignCall::to, kRequired, "who is to see to it"),
            wire::field("by", &AlertAssignCall::by, kOptional, "who assigns it; else the caller")};
    }
};

struct AlertCloseCall {
    std::string reason;
    std::optional<Acting> by;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("reason", &AlertCloseCall::reason, kRequired, "what came of it"),
            wire::field("by", &AlertCloseCall::by, kOptional, "who closes it; else the caller")};
    }
};

struct CabinetReleaseCall {
    Acting first, second;
    std::string reason;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("first", &CabinetReleaseCall::first, kRequired, "who releases the cabinet"),
            wire::field("second", &CabinetReleaseCall::second, kRequired,
                        "another, of another department"),
            wire::field("reason", &CabinetReleaseCall::reason, kRequired, "what came of it")};
    }
};

struct HeartbeatCall {
    std::string job;
    std::int64_t every_ms = 0;
    static constexpr auto fields() {
        return std::tuple{wire::field("job", &HeartbeatCall::job, kRequired, "name of the job"),
                          wire::field("every_ms", &HeartbeatCall::every_ms, kRequired,
                                      "when it reports again; 0: never")};
    }
};

}  // namespace seals::wire
