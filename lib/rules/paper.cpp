// Requests that are made at the cabinet by two persons: one on paper while the OA is down
// (纸质补录), matched to the OA's number later without a second grant; and an emergency (应急用印),
// small and short, which an approved request cures afterwards.
#include <algorithm>

#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/request.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

bool has(const std::vector<PersonId>& persons, const PersonId& person) {
    return std::find(persons.begin(), persons.end(), person) != persons.end();
}

std::vector<PersonId> ids_of_acting(const std::vector<Acting>& acting) {
    std::vector<PersonId> out;
    for (const auto& one : acting)
        out.push_back(one.person);
    return out;
}

std::optional<Error> seal_fault(const State& state, const SealId& id) {
    const auto* seal = state.seal(id);
    if (seal == nullptr) return unknown_thing("seal", id.str());
    return std::nullopt;
}

std::optional<Error> state_refusal(const State& state, const SealId& id) {
    const auto* seal = state.seal(id);
    if (seal->state == SealState::active) return std::nullopt;
    return refusal(Rule::seal_in_use, "seal.not_active",
                   {id.str(), std::string(name_of(seal->state))});
}

// The two who put it in are others than who applied and who will take the seal.
std::optional<Error> paper_refusal(const State& state, const PaperRequest& command) {
    const auto& line = command.request.lines.front();
    if (auto why = state_refusal(state, line.seal)) return why;
    if (auto why = pair_refusal("request paper", command.persons)) return why;
    for (const auto& one : command.persons)
        if (one.person == command.request.applicant || has(line.users, one.person))
            return refusal(Rule::paper_by_others, "paper.own", {one.person.str()});
    return std::nullopt;
}

std::optional<Error> paper_fault(const State& state, const PaperRequest& command,
                                 const Context& context) {
    const auto& request = command.request;
    if (auto fault = seal_fault(state, request.lines.front().seal)) return fault;
    if (!request.applicant.empty() && state.person(request.applicant) == nullptr)
        return invalid("applicant",
                       "applicant " + request.applicant.str() + " is not a known person");
    if (command.until_given && request.lines.front().valid_to <= context.now)
        return invalid("until", "the end lies before now");
    return request_fault(state, request);
}

}  // namespace

Decision decide_paper(const State& state, const Policy& policy, const Context& context,
                      const PaperRequest& command) {
    Decision decision;
    decision.refusal = paper_fault(state, command, context);
    if (decision.refusal) return decision;
    auto request = command.request;
    const auto* known = known_request(state, request, request.id);
    if (known != nullptr || !valid_id(request.id.str())) {
        decision.refusal =
            Error{Code::conflict, "request " + command.request.external_id + " exists already",
                  "give the paper form a number of its own", "id"};
        return decision;
    }
    auto& line = request.lines.front();
    line.valid_from = context.now;
    if (!command.until_given) line.valid_to = context.now + policy.paper_window;
    if (!admit(state, policy, context, "request paper", line.seal, command.persons,
               command.idempotency, paper_refusal(state, command), decision))
        return decision;
    request.applied_at = context.now;
    request.put_in_by = ids_of_acting(command.persons);
    request.approvers = request.put_in_by;
    decision.id = request.id.str();
    auto event = acceptance(context, request, command.idempotency);
    event.img = command.files;
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
