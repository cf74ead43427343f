// The end of a request that was taken: when nothing of it can be used any more and nothing stands
// on it, or when a custodian says so. A request ends once; what is recorded of it later makes
// another revision of how it ended.
#include "rules/ending.hpp"

#include <algorithm>
#include <set>

#include "rules/alert.hpp"
#include "rules/ending_parts.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

constexpr std::size_t kMostEndings = 50;  // in one turn; what is left comes in the next
constexpr std::size_t kMostUses = 1000;   // named in one entry, the newest

RequestOutcome outcome_of(const Request& request) {
    if (request.withdrawn) return RequestOutcome::withdrawn;
    bool none = std::all_of(request.lines.begin(), request.lines.end(),
                            [](const Line& line) { return line.uses == 0; });
    bool all = std::all_of(request.lines.begin(), request.lines.end(),
                           [](const Line& line) { return line.unspent().within(Impressions{}); });
    if (none) return RequestOutcome::unused;
    return all ? RequestOutcome::fulfilled : RequestOutcome::part_fulfilled;
}

Value number_or_none(std::int64_t number) {
    return number != 0 ? Value{number} : Value{};
}

// What was granted and not used is cancelled by the end: granted = used + cancelled.
Value line_of(std::int64_t number, const Line& line) {
    auto granted = line.granted(), used = line.spent(), cancelled = line.unspent();
    return make_data({{"line", number},
                      {"seal", line.seal.str()},
                      {"parent", number_or_none(line.parent)},
                      {"granted", granted.ordinary},
                      {"used", used.ordinary},
                      {"cancelled", cancelled.ordinary},
                      {"excess", line.excess.ordinary},
                      {"granted_cross_page", number_or_none(granted.cross_page)},
                      {"used_cross_page", number_or_none(used.cross_page)},
                      {"cancelled_cross_page", number_or_none(cancelled.cross_page)},
                      {"excess_cross_page", number_or_none(line.excess.cross_page)}});
}

std::int64_t left_out(const Request& request) {
    return static_cast<std::int64_t>(request.uses.size() -
                                     std::min(request.uses.size(), kMostUses));
}

std::vector<std::string> newest_uses(const Request& request) {
    return {request.uses.begin() + left_out(request), request.uses.end()};
}

// Where there is nobody to be told, that is all. A paper or emergency request waits for the OA's
// number first.
bool told_to_nobody(const Policy& policy, const Request& request) {
    return !policy.report_results || request.source == kSelfSource;
}

void add_ending(const Policy& policy, const Context& context, const Request& request,
                const FinishRequest* finish, Decision& decision) {
    auto revision = request.ending ? request.ending->revision + 1 : 1;
    auto event = ending_event(EventType::request_fulfilled, context, request);
    Value::Array lines;
    for (std::size_t i = 0; i < request.lines.size(); ++i)
        lines.push_back(line_of(static_cast<std::int64_t>(i) + 1, request.lines[i]));
    bool early = finish != nullptr || (request.has_ended() && request.ending->early);
    event.data = make_data(
        {{"outcome", name_of(outcome_of(request))},
         {"revision", revision},
         {"lines", std::move(lines)},
         {"uses", newest_uses(request)},
         {"uses_left_out", number_or_none(left_out(request))},
         {"early", early ? Value{true} : Value{}},
         {"idempotency", finish != nullptr ? idempotency_value(finish->idempotency) : Value{}}});
    if (finish != nullptr)
        event.personal = {{"reason", finish->reason}};
    else
        event.actor = device_actor();
    decision.events.push_back(std::move(event));
    if (told_to_nobody(policy, request)) add_close(context, request, revision, decision);
}

bool is_due(const Request& request, Instant now) {
    if (!request.taken || !request.superseded_by.empty()) return false;
    if (request.has_ended()) return request.ending->stale;
    return request.used_up(now);
}

// What waited is closed when the policy tells nobody any more.
bool waits_in_vain(const Policy& policy, const Request& request) {
    return request.ending && !request.ending->closed && !request.ending->stale &&
           told_to_nobody(policy, request);
}

// One alert a source, however many of its results wait: an OA that is away is one thing to mend.
void tell_late(const State& state, const Context& context, const std::set<std::string>& late,
               Decision& decision) {
    for (const auto& source : late)
        decision.events.push_back(make_alert(context, {"report_failed", {}, {}, {}, source}));
    for (const auto& [id, alert] : state.alerts) {
        bool over = alert.type == "report_failed" && alert.state != AlertState::closed &&
                    !late.contains(alert.about);
        if (!over) continue;
        auto event = make_event(EventType::alert_closed, context);
        event.actor = device_actor();
        event.data = make_data({{"id", id}, {"alert", alert.type}});
        decision.events.push_back(std::move(event));
    }
}

// The seal that is out under it, or the visit that goes on.
std::optional<Error> held_refusal(const State& state, const Request& request) {
    for (const auto& [id, seal] : state.seals) {
        if (!seal.loan) continue;
        const auto& lends = seal.loan->requests;
        if (std::find(lends.begin(), lends.end(), request.id) != lends.end())
            return refusal(Rule::request_ends_once, "request.lends", {request.id.str(), id.str()});
    }
    if (held_requests(state).contains(request.id))
        return refusal(Rule::request_ends_once, "request.in_visit", {request.id.str()});
    return std::nullopt;
}

std::optional<Error> finish_refusal(const State& state, const Context& context,
                                    const Request& request) {
    if (!request.taken)
        return refusal(Rule::request_ends_once, "request.never_taken", {request.id.str()});
    if (request.has_ended() || !request.superseded_by.empty())
        return refusal(Rule::request_ends_once, "request.ended",
                       {request.id.str(), std::string(name_of(request.state(context.now)))});
    return held_refusal(state, request);
}

}  // namespace

Decision decide_finish(const State& state, const Policy& policy, const Context& context,
                       const FinishRequest& command) {
    const auto* request = state.request(command.request);
    if (request == nullptr) return refused_end(unknown_thing("request", command.request.str()));
    if (command.reason.empty())
        return refused_end(invalid("reason", "an early end needs a reason"));
    Decision decision;
    decision.id = request->id.str();
    if (auto why = finish_refusal(state, context, *request))
        refuse_act(context, "request.finish", {}, command.idempotency, std::move(*why), decision);
    else
        add_ending(policy, context, *request, &command, decision);
    return decision;
}

void watch_endings(const State& state, const Policy& policy, const Context& context,
                   Decision& decision) {
    std::optional<std::set<RequestId>> held;  // only asked for when something is due
    std::set<std::string> late;
    std::size_t ended = 0;
    for (const auto& [id, request] : state.requests) {
        if (told_too_late(request, policy, context.now)) late.insert(request.source);
        if (ended == kMostEndings) continue;
        bool due = is_due(request, context.now);
        if (due && !held) held = held_requests(state);
        if (due && !held->contains(id))
            add_ending(policy, context, request, nullptr, decision);
        else if (waits_in_vain(policy, request))
            add_close(context, request, request.ending->revision, decision);
        else
            continue;
        ++ended;
    }
    tell_late(state, context, late, decision);
}

}  // namespace seals::rules
