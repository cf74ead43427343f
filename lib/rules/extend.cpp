// More impressions (补盖): never a greater number on the old line, always a line of its own with
// its reason and basis, and never without an approval: the OA's, or that of two other persons.
#include <algorithm>

#include "rules/approval.hpp"
#include "rules/identify.hpp"
#include "rules/making.hpp"

namespace seals::rules {
namespace {

constexpr std::int64_t kMostMore = 10'000;

std::optional<Error> shape_fault(const ExtendRequest& command, const Context& context) {
    auto bad = [](std::int64_t n) { return n < 0 || n > kMostMore; };
    if (bad(command.more.ordinary)) return invalid("count", "count must be from 0 to 10000");
    if (bad(command.more.cross_page))
        return invalid("cross_page", "cross_page must be from 0 to 10000");
    if (command.more.none()) return invalid("count", "it adds no impression");
    if (command.until && *command.until <= context.now)
        return invalid("until", "the end lies before now");
    return std::nullopt;
}

// Neither who applied nor who may stamp approves more of it.
std::optional<Error> pair_fault(const Request& request, const Line& line,
                                const ExtendRequest& command) {
    if (command.approved && command.persons.empty()) return std::nullopt;
    if (auto why = pair_refusal("request extend", command.persons)) return why;
    for (const auto& one : command.persons) {
        bool user = std::find(line.users.begin(), line.users.end(), one.person) != line.users.end();
        if (user || one.person == request.applicant)
            return refusal(Rule::own_application, "extend.own",
                           {one.person.str(), request.id.str()});
    }
    return std::nullopt;
}

std::optional<Error> standing_fault(const Request& request, const SealId& seal,
                                    const Context& context) {
    if (request.line_for(seal) == nullptr)
        return refusal(Rule::approved_request, "request.foreign", {request.id.str(), seal.str()});
    if (auto why = unapproved_refusal(request)) return why;
    if (request.withdrawn || !request.superseded_by.empty() || request.is_emergency())
        return refusal(Rule::request_ends_once, "request.over",
                       {request.id.str(), request.is_emergency()
                                              ? std::string(kEmergencySource)
                                              : std::string(name_of(request.state(context.now)))});
    return std::nullopt;
}

// As long as the line it adds to; where that one is over, as long as the policy's window.
Instant end_of(const Line& parent, const ExtendRequest& command, const Policy& policy,
               const Context& context) {
    if (command.until) return *command.until;
    if (parent.valid_to > context.now) return parent.valid_to;
    return context.now + std::chrono::hours{24 * policy.window_days};
}

}  // namespace

Decision decide_extend(const State& state, const Policy& policy, const Context& context,
                       const ExtendRequest& command) {
    Decision decision;
    const auto* request = state.request(command.request);
    if (request == nullptr) decision.refusal = unknown_thing("request", command.request.str());
    if (!decision.refusal) decision.refusal = shape_fault(command, context);
    if (decision.refusal) return decision;
    auto why = standing_fault(*request, command.seal, context);
    const auto* parent = request->line_for(command.seal);
    if (!why) why = pair_fault(*request, *parent, command);
    if (!admit(state, policy, context, "request extend", command.seal, command.persons,
               command.idempotency, std::move(why), decision))
        return decision;
    decision.id = request->id.str();
    auto event = make_event(EventType::grant_child_added, context);
    event.request = request->id;
    event.seal = command.seal;
    auto approvers = persons_of(command.persons);
    event.data = make_data({{"line", static_cast<std::int64_t>(request->lines.size()) + 1},
                            {"parent", request->lines_of(command.seal).front().first},
                            {"copies", command.copies},
                            {"count", command.more.ordinary},
                            {"cross_page", command.more.cross_page},
                            {"valid_from", context.now.ms},
                            {"valid_to", end_of(*parent, command, policy, context).ms},
                            {"approvers", approvers.empty() ? Value{} : Value{approvers}},
                            {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"reason", command.reason}, {"basis", command.basis}};
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
