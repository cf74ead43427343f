// What becomes of telling a request's source how it ended: taken, failed, given up; and what
// persons decide about it. A source that answers twice, or late, changes nothing.
#include "rules/alert.hpp"
#include "rules/ending.hpp"
#include "rules/ending_parts.hpp"
#include "rules/identify.hpp"

namespace seals::rules {
namespace {

// What stands against it whatever the kind: nothing ended, or no such revision.
std::optional<Error> tell_error(const Request* request, const TellResult& command) {
    if (request == nullptr) return unknown_thing("request", command.request.str());
    if (!request->ending)
        return Error{Code::conflict, "request " + command.request.str() + " has not ended",
                     "its result is told once it has: `sealctl outbox list`"};
    bool by_person =
        command.kind == TellResult::Kind::again || command.kind == TellResult::Kind::waived;
    if (by_person && !request->waits_to_be_told())
        return Error{Code::conflict,
                     "no result of request " + command.request.str() + " waits to be told",
                     "`sealctl outbox list` shows what waits"};
    if (by_person && command.reason.empty() && command.kind == TellResult::Kind::waived)
        return invalid("reason", "a waiver needs a reason");
    if (!by_person && (command.revision < 1 || command.revision > request->ending->revision))
        return invalid("revision", "request " + command.request.str() + " has no such revision");
    return std::nullopt;
}

// A source that answers twice, or late, changes nothing.
void add_reported(const Context& context, const Request& request, const TellResult& command,
                  Decision& decision) {
    const auto& ending = *request.ending;
    if (command.revision <= ending.told) return;
    auto event = ending_event(EventType::request_reported, context, request);
    event.data = make_data({{"revision", command.revision},
                            {"receipt", command.receipt},
                            {"attempts", command.attempts}});
    decision.events.push_back(std::move(event));
    if (command.revision == ending.revision && !ending.closed && !ending.stale)
        add_close(context, request, ending.revision, decision);
}

void add_failed(const Context& context, const Request& request, const TellResult& command,
                Decision& decision) {
    const auto& ending = *request.ending;
    bool news = command.attempts > ending.attempts || (command.dead && !ending.dead);
    if (command.revision != ending.revision || ending.closed || !news) return;
    auto event = ending_event(EventType::request_report_failed, context, request);
    event.data = make_data({{"revision", command.revision},
                            {"attempts", command.attempts},
                            {"dead", command.dead ? Value{true} : Value{}}});
    event.personal = {{"reason", command.reason}};
    decision.events.push_back(std::move(event));
    if (command.dead)
        decision.events.push_back(
            make_alert(context, {"report_failed", {}, {}, {}, request.source}));
}

void add_by_person(const State& state, const Policy& policy, const Context& context,
                   const Request& request, const TellResult& command, Decision& decision) {
    bool waive = command.kind == TellResult::Kind::waived;
    if (!admit(state, policy, context, waive ? "report.waive" : "report.again", {}, command.by,
               command.idempotency, std::nullopt, decision))
        return;
    auto event = ending_event(waive ? EventType::request_waived : EventType::request_report_again,
                              context, request);
    if (!command.by.empty()) event.person = command.by.front().person;
    event.data = make_data({{"revision", request.ending->revision},
                            {"idempotency", idempotency_value(command.idempotency)}});
    if (!command.reason.empty()) event.personal = {{"reason", command.reason}};
    decision.events.push_back(std::move(event));
    if (waive) add_close(context, request, request.ending->revision, decision);
}

}  // namespace

bool told_too_late(const Request& request, const Policy& policy, Instant now) {
    return policy.report_results && request.waits_to_be_told() &&
           (request.ending->dead || now > request.ending->waits + policy.alert.report_late);
}

Untold untold(const State& state, const Policy& policy, Instant now) {
    Untold out;
    for (const auto& [id, request] : state.requests) {
        if (!request.waits_to_be_told()) continue;
        ++out.waiting;
        if (request.ending->dead) ++out.dead;
        if (!told_too_late(request, policy, now)) continue;
        if (out.late++ == 0 || request.ending->waits < out.since) {
            out.oldest = id;
            out.since = request.ending->waits;
        }
    }
    return out;
}

Decision decide_tell(const State& state, const Policy& policy, const Context& context,
                     const TellResult& command) {
    const auto* request = state.request(command.request);
    if (auto why = tell_error(request, command)) return refused_end(std::move(*why));
    Decision decision;
    decision.id = request->id.str();
    if (command.kind == TellResult::Kind::reported)
        add_reported(context, *request, command, decision);
    else if (command.kind == TellResult::Kind::failed)
        add_failed(context, *request, command, decision);
    else
        add_by_person(state, policy, context, *request, command, decision);
    return decision;
}

}  // namespace seals::rules
