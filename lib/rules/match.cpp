// What the OA approved later for something that was stamped already: a paper request gets its
// number there, an emergency the request that cures it. Either way the OA's own grant on that seal
// ends: one approval, one grant, also where the number is told before the OA's request has come in.
#include <algorithm>

#include "rules/approval.hpp"
#include "rules/making.hpp"
#include "rules/request.hpp"

namespace seals::rules {
namespace {

// Whether the OA's request was used by itself.
bool untouched(const Request& request) {
    return !request.taken && request.uses.empty();
}

std::optional<Error> cure_fault(const Request& emergency, const Request* by) {
    if (by == nullptr || by->lines.empty())
        return refusal(Rule::approved_request, "request.unknown", {emergency.matched_id});
    const auto& made = emergency.lines.front();
    const auto* line = by->line_for(made.seal);
    if (line == nullptr)
        return refusal(Rule::approved_request, "request.foreign", {by->id.str(), made.seal.str()});
    auto stamped = made.spent();
    stamped += made.excess;
    if (!stamped.within(line->granted()))
        return refusal(
            Rule::count_left, "cure.too_few",
            {by->id.str(), std::to_string(line->count), std::to_string(stamped.ordinary)});
    return std::nullopt;
}

std::optional<Error> match_refusal(const Request& request, const Request* oa,
                                   const MatchRequest& command) {
    auto number = command.source + ":" + command.external_id;
    if (!request.is_paper() && !request.is_emergency())
        return refusal(Rule::matched_once, "match.not_paper", {request.id.str()});
    bool again = !request.matched_id.empty() || !request.cured_by.empty();
    if (again)
        return refusal(Rule::matched_once, "match.again",
                       {request.id.str(), request.matched_source + ":" + request.matched_id});
    if (oa != nullptr) {
        if (!oa->superseded_by.empty())
            return refusal(Rule::matched_once, "match.taken", {number, oa->superseded_by.str()});
        if (oa->withdrawn || oa->held)
            return refusal(Rule::request_not_withdrawn,
                           oa->withdrawn ? "request.withdrawn" : "request.held", {oa->id.str()});
        if (auto why = unapproved_refusal(*oa)) return why;
        if (!untouched(*oa)) return refusal(Rule::matched_once, "match.used", {oa->id.str()});
        if (!oa->lines.empty() && oa->line_for(request.lines.front().seal) == nullptr)
            return refusal(Rule::approved_request, "request.foreign",
                           {oa->id.str(), request.lines.front().seal.str()});
    }
    if (request.is_emergency()) {
        auto named = request;
        named.matched_id = command.external_id;
        return cure_fault(named, oa);
    }
    return std::nullopt;
}

Event superseding(const Context& context, const RequestId& id, const Request& by,
                  const std::string& source, const std::string& external_id) {
    auto event = make_event(EventType::request_superseded, context);
    event.request = id;
    event.data = make_data({{"by", by.id.str()}, {"source", source}, {"external_id", external_id}});
    return event;
}

}  // namespace

void end_second_grant(const Context& context, const Request& oa, const Request& by,
                      std::vector<Event>& events) {
    const auto& seal = by.lines.front().seal;
    bool only = std::all_of(oa.lines.begin(), oa.lines.end(),
                            [&](const auto& line) { return line.seal == seal; });
    if (only) return events.push_back(superseding(context, oa.id, by, oa.source, oa.external_id));
    auto event = make_event(EventType::grant_revoked, context);
    event.seal = seal;
    event.request = oa.id;
    event.data = make_data({{"reason", "granted by " + by.id.str()}});
    events.push_back(std::move(event));
}

Decision decide_match(const State& state, const Context& context, const MatchRequest& command) {
    Decision decision;
    const auto* request = state.request(command.request);
    if (request == nullptr) {
        decision.refusal = unknown_thing("request", command.request.str());
        return decision;
    }
    Request wanted;
    wanted.source = command.source;
    wanted.external_id = command.external_id;
    RequestId id;
    const auto* oa = known_request(state, wanted, id);
    bool same =
        request->matched_source == command.source && request->matched_id == command.external_id;
    if (same && request->is_paper()) {  // told again
        decision.id = request->id.str();
        return decision;
    }
    if (auto why = match_refusal(*request, oa, command)) {
        refuse_act(context, "request match", request->lines.front().seal, command.idempotency,
                   std::move(*why), decision);
        return decision;
    }
    decision.id = request->id.str();
    auto type = request->is_paper() ? EventType::request_matched : EventType::breakglass_cured;
    auto event = make_event(type, context);
    event.request = request->id;
    event.seal = request->lines.front().seal;
    event.data = request->is_paper()
                     ? make_data({{"source", command.source},
                                  {"external_id", command.external_id},
                                  {"known", oa != nullptr},
                                  {"idempotency", idempotency_value(command.idempotency)}})
                     : make_data({{"by", oa->id.str()},
                                  {"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    if (oa != nullptr && !oa->lines.empty())
        end_second_grant(context, *oa, *request, decision.events);
    else
        decision.events.push_back(
            superseding(context, id, *request, command.source, command.external_id));
    return decision;
}

}  // namespace seals::rules
