// An emergency (应急用印): two persons, one seal, few impressions, few minutes, told at once. Until
// an approved request cures it in time its seal is given out no more.
#include <algorithm>

#include "rules/control.hpp"
#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/request.hpp"

namespace seals::rules {
namespace {

constexpr std::size_t kDayDigits = 10, kHexDigits = 6;

// "YJ-20261127-3fa2b1": the day, then what chance gave.
RequestId new_id(const Context& context) {
    auto day = to_rfc3339(Instant{context.now.ms + context.utc_offset.count()});
    std::string digits;
    for (char c : day.substr(0, kDayDigits))
        if (c != '-') digits += c;
    return RequestId("YJ-" + digits + "-" + context.fresh_session.substr(1, kHexDigits));
}

std::optional<Error> shape_fault(const State& state, const OpenEmergency& command) {
    if (state.seal(command.seal) == nullptr) return unknown_thing("seal", command.seal.str());
    const auto& most = command.most;
    if (most.ordinary < 0 || most.cross_page < 0 || most.none())
        return invalid("count", "an emergency is for at least one impression");
    if (!command.id.empty() && !valid_id(command.id.str()))
        return invalid("id", "\"id\" is no valid id");
    if (!command.id.empty() && state.request(command.id) != nullptr)
        return Error{Code::conflict, "request " + command.id.str() + " exists already",
                     "leave the number out: one is made", "id"};
    return std::nullopt;
}

std::optional<Error> emergency_refusal(const State& state, const Policy& policy,
                                       const OpenEmergency& command) {
    const auto& seal = *state.seal(command.seal);
    if (seal.state != SealState::active)
        return refusal(Rule::seal_in_use, "seal.not_active",
                       {seal.id.str(), std::string(name_of(seal.state))});
    const auto& rules = policy.emergency;
    if (!names_type(rules.types, seal.type))
        return refusal(Rule::breakglass_small, "emergency.type", {seal.type});
    auto asked = std::max(command.most.ordinary, command.most.cross_page);
    if (asked > rules.most)
        return refusal(Rule::breakglass_small, "emergency.count",
                       {std::to_string(asked), std::to_string(rules.most)});
    for (const auto& [id, other] : state.requests)
        if (other.is_emergency() && other.cured_by.empty() && other.line_for(seal.id) != nullptr)
            return refusal(Rule::breakglass_cured, "emergency.open", {seal.id.str(), id.str()});
    if (auto why = pair_refusal("request emergency", command.persons)) return why;
    return independence_refusal(state, command.persons[0].person, command.persons[1].person);
}

Request request_of(const Policy& policy, const Context& context, const OpenEmergency& command) {
    Request request;
    request.id = command.id.empty() ? new_id(context) : command.id;
    request.source = kEmergencySource;
    request.external_id = request.id.str();
    request.applicant = command.persons[0].person;
    request.applied_at = context.now;
    request.approvers = {command.persons[1].person};
    request.title = command.reason;
    Line line;
    line.seal = command.seal;
    line.copies = 1;
    line.count = command.most.ordinary;
    line.cross_page = command.most.cross_page;
    line.users = {request.applicant};
    line.valid_from = context.now;
    line.valid_to = context.now + policy.emergency.window;
    request.lines = {line};
    return request;
}

}  // namespace

std::optional<Error> uncured_refusal(const State& state, const SealId& seal, Instant now) {
    for (const auto& [id, request] : state.requests)
        if (request.needs_cure() && now > *request.cure_by && request.line_for(seal) != nullptr)
            return refusal(Rule::breakglass_cured, "emergency.uncured",
                           {seal.str(), id.str(), to_rfc3339(*request.cure_by)});
    return std::nullopt;
}

void watch_emergencies(const State& state, const Context& context, std::vector<Event>& events) {
    for (const auto& [id, request] : state.requests) {
        if (!request.needs_cure() || context.now <= *request.cure_by) continue;
        auto event = make_alert(context, "breakglass_uncured", "high", {},
                                request.lines.front().seal, {}, request.applicant);
        event.request = id;
        event.data.add("about", id.str());
        events.push_back(std::move(event));
    }
}

Decision decide_emergency(const State& state, const Policy& policy, const Context& context,
                          const OpenEmergency& command) {
    Decision decision;
    decision.refusal = shape_fault(state, command);
    if (decision.refusal) return decision;
    if (!admit(state, policy, context, "request emergency", command.seal, command.persons,
               command.idempotency, emergency_refusal(state, policy, command), decision))
        return decision;
    auto request = request_of(policy, context, command);
    decision.id = request.id.str();
    decision.events.push_back(acceptance(context, request, command.idempotency));
    auto opened = make_event(EventType::breakglass_opened, context);
    opened.request = request.id;
    opened.seal = command.seal;
    opened.person = request.applicant;
    opened.data = make_data({{"persons", persons_of(command.persons)},
                             {"count", command.most.ordinary},
                             {"until", request.lines.front().valid_to.ms},
                             {"cure_by", (context.now + policy.emergency.cure).ms}});
    opened.personal = {{"reason", command.reason}};
    decision.events.push_back(std::move(opened));
    auto alert =
        make_alert(context, "breakglass_used", "high", {}, command.seal, {}, request.applicant);
    alert.request = request.id;
    alert.data.add("about", request.id.str());
    decision.events.push_back(std::move(alert));
    return decision;
}

}  // namespace seals::rules
