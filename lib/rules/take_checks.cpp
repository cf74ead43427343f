#include "rules/take_checks.hpp"

#include <algorithm>

#include "rules/approval.hpp"
#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/request.hpp"

namespace seals::rules {
namespace {

Refusal place_refusal(const State& state, const Seal& seal, const PersonId& person) {
    if (auto why = slot_refusal(state, seal, person)) return why;
    if (seal.custody != Custody::in_slot)
        return refusal(Rule::seal_in_slot, "seal.not_in_slot",
                       {seal.id.str(), std::string(name_of(seal.custody))});
    return std::nullopt;
}

bool may_take(const Policy& policy, const Seal& seal, const Line& line, const PersonId& person) {
    bool user = std::find(line.users.begin(), line.users.end(), person) != line.users.end();
    auto by = line.mode == LineMode::take_out ? policy.take_by_take_out : policy.take_by_on_site;
    if (names_type(policy.use.applicant_types, seal.type)) by = TakeBy::user;
    if (names_type(policy.use.custodian_types, seal.type)) by = TakeBy::custodian;
    if (by == TakeBy::user) return user;
    if (by == TakeBy::custodian) return seal.kept_by(person);
    return user || seal.kept_by(person);
}

bool approved_by(const Request& request, const PersonId& person) {
    const auto& approvers = request.approvers;
    return std::find(approvers.begin(), approvers.end(), person) != approvers.end();
}

// What leaves the house goes with a reason and a supervisor, where the policy asks.
Refusal escort_refusal(const Policy& policy, const Seal& seal, const Request& request) {
    const auto& out = request.take_out;
    if (!out || !names_type(policy.use.escorted_types, seal.type)) return std::nullopt;
    if (!out->reason.empty() && !out->supervisor.empty()) return std::nullopt;
    return refusal(Rule::complete_take_out,
                   out->supervisor.empty() ? "take_out.supervisor" : "take_out.reason",
                   {request.id.str()});
}

Refusal request_refusal(const State& state, const Policy& policy, const Context& context,
                        const Seal& seal, const RequestId& id, const PersonId& person) {
    const auto* request = state.request(id);
    if (request == nullptr) return refusal(Rule::approved_request, "request.unknown", {id.str()});
    if (request->withdrawn)
        return refusal(Rule::request_not_withdrawn, "request.withdrawn", {id.str()});
    if (auto why = unapproved_refusal(*request)) return why;
    if (!request->superseded_by.empty())
        return refusal(Rule::request_not_withdrawn, "request.superseded",
                       {id.str(), request->superseded_by.str()});
    if (request->has_ended())
        return refusal(Rule::request_ends_once, "request.ended",
                       {id.str(), std::string(name_of(request->state(context.now)))});
    if (request->held) return refusal(Rule::request_not_held, "request.held", {id.str()});
    const auto* line = request->line_to_take(seal.id, context.now);
    if (line == nullptr)
        return refusal(Rule::approved_request, "request.foreign", {id.str(), seal.id.str()});
    if (!line->revoked.empty())
        return refusal(Rule::request_not_withdrawn, "request.revoked",
                       {id.str(), seal.id.str(), line->revoked});
    if (context.now < line->valid_from)
        return refusal(Rule::request_window, "request.early",
                       {id.str(), to_rfc3339(line->valid_from)});
    if (context.now > line->valid_to)
        return refusal(Rule::request_window, "request.expired",
                       {id.str(), to_rfc3339(line->valid_to)});
    if (line->unspent().none())
        return refusal(Rule::count_left, "request.used_up",
                       {id.str(), std::to_string(line->count), std::to_string(line->used)});
    if (!may_take(policy, seal, *line, person))
        return refusal(Rule::entitled_person, "request.not_user", {person.str(), id.str()});
    if (auto why = escort_refusal(policy, seal, *request)) return why;
    if (policy.separate_approval && approved_by(*request, person))
        return refusal(Rule::separate_approval, "request.approver", {person.str(), id.str()});
    return std::nullopt;
}

// What is no longer used leaves only on its last way: taken out, under a request of after that.
bool on_its_last_way(const State& state, const Seal& seal, const Take& take) {
    bool ended = seal.state == SealState::retired || seal.state == SealState::replaced ||
                 seal.state == SealState::sealed_away;
    return ended && std::all_of(take.requests.begin(), take.requests.end(), [&](const auto& id) {
               const auto* request = state.request(id);
               return request != nullptr && request->take_out &&
                      request->applied_at >= seal.state_since;
           });
}

Refusal loan_refusal(const Seal& seal) {
    if (!seal.loan) return std::nullopt;
    return refusal(Rule::not_granted_elsewhere, "seal.held",
                   {seal.id.str(), seal.loan->person.str()});
}

Refusal state_refusal(const State& state, const Seal& seal, const Take& take) {
    if (seal.state == SealState::active || on_its_last_way(state, seal, take)) return std::nullopt;
    return refusal(Rule::seal_in_use, "seal.not_active",
                   {seal.id.str(), std::string(name_of(seal.state))});
}

// All named requests must pass; the refusal names each that fails.
Refusal requests_refusal(const State& state, const Policy& policy, const Context& context,
                         const Seal& seal, const Take& take) {
    std::vector<Error> all;
    for (const auto& id : take.requests)
        if (auto why = request_refusal(state, policy, context, seal, id, take.person))
            all.push_back(std::move(*why));
    if (all.empty()) return std::nullopt;
    return refusals(std::move(all));
}

Refusal freeze_refusal(const State& state) {
    if (!state.node.frozen) return std::nullopt;
    return refusal(Rule::cabinet_not_frozen, "cabinet.frozen", {to_rfc3339(*state.node.frozen)});
}

Refusal clock_refusal(const Context& context) {
    if (context.clock_trusted) return std::nullopt;
    return refusal(Rule::trusted_clock, "clock.untrusted", {context.clock_why});
}

}  // namespace

Refusal slot_refusal(const State& state, const Seal& seal, const PersonId& person) {
    if (seal.slot.empty()) return refusal(Rule::seal_in_slot, "seal.no_slot", {seal.id.str()});
    auto slot = state.slots.find(seal.slot);
    if (slot == state.slots.end())
        return refusal(Rule::seal_in_slot, "seal.no_slot", {seal.id.str()});
    if (slot->second.frozen) return refusal(Rule::slot_ready, "slot.frozen", {seal.slot.str()});
    if (slot->second.open) return refusal(Rule::slot_ready, "slot.open", {seal.slot.str()});
    if (!seal.session.empty())
        return refusal(Rule::not_granted_elsewhere, "seal.session", {seal.id.str()});
    if (const auto* other = state.live_session_of(person))
        return refusal(Rule::one_slot_per_person, "slot.session",
                       {person.str(), other->slot.str()});
    return std::nullopt;
}

bool used_on_site(const State& state, const Take& take) {
    return std::any_of(take.requests.begin(), take.requests.end(), [&](const auto& id) {
        const auto* request = state.request(id);
        return request == nullptr || !request->take_out;
    });
}

std::vector<Check> take_checks(const State& state, const Policy& policy, const Context& context,
                               const Take& take, const Seal& seal) {
    const auto& person = take.person;
    return {
        {Rule::trusted_clock, clock_refusal(context)},
        {Rule::cabinet_not_frozen, freeze_refusal(state)},
        {Rule::not_granted_elsewhere, loan_refusal(seal)},
        {Rule::seal_in_use, state_refusal(state, seal, take)},
        {Rule::seal_in_slot, place_refusal(state, seal, person)},
        {Rule::approved_request, requests_refusal(state, policy, context, seal, take)},
        {Rule::breakglass_cured, uncured_refusal(state, seal.id, context.now)},
        {Rule::counted_after_override, override_refusal(state)},
        {Rule::calendar, calendar_refusal(policy, context, used_on_site(state, take))},
        {Rule::second_person, second_refusal(state, policy, seal, take)},
        {Rule::max_held, max_held_refusal(state, policy, person)},
        {Rule::forbid_together, together_refusal(state, policy, seal, person)},
    };
}

Result<std::vector<Check>> explain_take(const State& state, const Policy& policy,
                                        const Context& context, const Take& take) {
    const auto* seal = state.seal(take.seal);
    if (seal == nullptr) return unknown_thing("seal", take.seal.str());
    std::vector<Check> all;
    if (take.requests.empty())
        all.push_back({Rule::approved_request, refusal(Rule::approved_request, "request.none")});
    all.push_back(
        {Rule::active_person, identify(state, policy, context, {take.person, {}}, {}).refusal});
    if (take.second)
        all.push_back({Rule::active_person,
                       identify(state, policy, context, {take.second->person, {}}, {}).refusal});
    for (auto& check : take_checks(state, policy, context, take, *seal))
        all.push_back(std::move(check));
    return all;
}

}  // namespace seals::rules
