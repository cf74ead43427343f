// Custody: may this seal leave, may this slot be opened for its return. Default deny: a take goes
// through every check below, and no class of user skips one.
#include <algorithm>

#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

using Refusal = std::optional<Error>;

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

Refusal seal_refusal(const State& state, const Seal& seal, const PersonId& person) {
    if (seal.loan)
        return refusal(Rule::not_granted_elsewhere, "seal.held",
                       {seal.id.str(), seal.loan->person.str()});
    if (seal.state != SealState::active)
        return refusal(Rule::seal_in_use, "seal.not_active",
                       {seal.id.str(), std::string(name_of(seal.state))});
    if (auto why = slot_refusal(state, seal, person)) return why;
    if (seal.custody != Custody::in_slot)
        return refusal(Rule::seal_in_slot, "seal.not_in_slot",
                       {seal.id.str(), std::string(name_of(seal.custody))});
    return std::nullopt;
}

bool may_take(const Policy& policy, const Seal& seal, const Line& line, const PersonId& person) {
    bool user = std::find(line.users.begin(), line.users.end(), person) != line.users.end();
    auto by = line.mode == LineMode::take_out ? policy.take_by_take_out : policy.take_by_on_site;
    if (by == TakeBy::user) return user;
    if (by == TakeBy::custodian) return seal.kept_by(person);
    return user || seal.kept_by(person);
}

Refusal request_refusal(const State& state, const Policy& policy, const Context& context,
                        const Seal& seal, const RequestId& id, const PersonId& person) {
    const auto* request = state.request(id);
    if (request == nullptr) return refusal(Rule::approved_request, "request.unknown", {id.str()});
    if (request->withdrawn)
        return refusal(Rule::request_not_withdrawn, "request.withdrawn", {id.str()});
    const auto* line = request->line_for(seal.id);
    if (line == nullptr)
        return refusal(Rule::approved_request, "request.foreign", {id.str(), seal.id.str()});
    if (context.now < line->valid_from)
        return refusal(Rule::request_window, "request.early",
                       {id.str(), to_rfc3339(line->valid_from)});
    if (context.now > line->valid_to)
        return refusal(Rule::request_window, "request.expired",
                       {id.str(), to_rfc3339(line->valid_to)});
    if (line->used >= line->count)
        return refusal(Rule::count_left, "request.used_up",
                       {id.str(), std::to_string(line->count), std::to_string(line->used)});
    if (!may_take(policy, seal, *line, person))
        return refusal(Rule::entitled_person, "request.not_user", {person.str(), id.str()});
    return std::nullopt;
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

void record_refusal(EventType type, const Context& context, const SealId& seal,
                    const PersonId& person, const std::vector<RequestId>& requests,
                    const Idempotency& idempotency, Error error, Decision& decision) {
    auto event = make_event(type, context);
    event.seal = seal;
    event.person = person;
    if (requests.size() == 1) event.request = requests.front();
    event.data = make_data({{"rule", error.rule},
                            {"text", error.text},
                            {"args", error.args},
                            {"requests", requests.size() > 1 ? Value{texts_of(requests)} : Value{}},
                            {"idempotency", idempotency_value(idempotency)}});
    decision.events.push_back(std::move(event));
    decision.refusal = std::move(error);
}

// The visit and the order to unlock: durable together, before anything moves.
void open_visit(const Policy& policy, const Context& context, const char* kind, const Seal& seal,
                const PersonId& person, const std::vector<RequestId>& requests,
                const std::vector<std::string>& factors, const Idempotency& idempotency,
                Decision& decision) {
    decision.id = context.fresh_session;
    auto opened = make_event(EventType::session_opened, context);
    opened.session = SessionId(context.fresh_session);
    opened.seal = seal.id;
    opened.person = person;
    if (requests.size() == 1) opened.request = requests.front();
    opened.data = make_data({{"kind", kind},
                             {"slot", seal.slot.str()},
                             {"requests", requests.empty() ? Value{} : Value{texts_of(requests)}},
                             {"factors", factors},
                             {"idempotency", idempotency_value(idempotency)}});
    auto unlock = make_event(EventType::slot_unlock_cmd, context);
    unlock.session = opened.session;
    unlock.seal = seal.id;
    unlock.person = person;
    unlock.data = make_data({{"slot", seal.slot.str()},
                             {"nonce", context.fresh_nonce},
                             {"pulse_ms", policy.pulse.count()}});
    decision.events.push_back(std::move(opened));
    decision.events.push_back(std::move(unlock));
}

Refusal take_refusal(const State& state, const Policy& policy, const Context& context,
                     const Take& take, const Seal& seal, std::vector<Event>& events) {
    if (take.requests.empty()) return refusal(Rule::approved_request, "request.none");
    auto identified =
        identify(state, policy, context, {take.person, take.factors}, policy.factors_take);
    events = std::move(identified.events);
    if (identified.refusal) return identified.refusal;
    if (!context.clock_trusted)
        return refusal(Rule::trusted_clock, "clock.untrusted", {context.clock_why});
    if (auto why = seal_refusal(state, seal, take.person)) return why;
    return requests_refusal(state, policy, context, seal, take);
}

// A seal comes back from who holds it, or by a custodian; one that was lost sight of, by a
// custodian.
Refusal out_refusal(const Seal& seal, const PersonId& person) {
    bool lost = seal.custody == Custody::unknown || seal.custody == Custody::returned_unverified;
    if (!seal.loan && (!lost || seal.uid.empty()))
        return refusal(Rule::something_out, "seal.not_out", {seal.id.str()});
    if (seal.kept_by(person) || (seal.loan && seal.loan->person == person)) return std::nullopt;
    if (!seal.loan) return refusal(Rule::own_loan, "seal.unknown", {seal.id.str()});
    return refusal(Rule::own_loan, "seal.not_holder", {seal.id.str(), seal.loan->person.str()});
}

Refusal return_refusal(const State& state, const Policy& policy, const Context& context,
                       const Return& command, const Seal& seal, std::vector<Event>& events) {
    auto identified =
        identify(state, policy, context, {command.person, command.factors}, policy.factors_return);
    events = std::move(identified.events);
    if (identified.refusal) return identified.refusal;
    if (auto why = out_refusal(seal, command.person)) return why;
    return slot_refusal(state, seal, command.person);
}

std::vector<RequestId> distinct(const std::vector<RequestId>& named) {
    std::vector<RequestId> out;
    for (const auto& id : named)
        if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    return out;
}

Decision unknown_seal(const SealId& id) {
    Decision decision;
    decision.refusal = Error{Code::not_found, "seal " + id.str() + " is not known",
                             "`sealctl seal list` shows the seals of this cabinet", "seal"};
    return decision;
}

}  // namespace

Decision decide_take(const State& state, const Policy& policy, const Context& context,
                     const Take& command) {
    const auto* seal = state.seal(command.seal);
    if (seal == nullptr) return unknown_seal(command.seal);
    auto take = command;
    take.requests = distinct(command.requests);
    Decision decision;
    if (auto why = take_refusal(state, policy, context, take, *seal, decision.events)) {
        record_refusal(EventType::take_refused, context, seal->id, take.person, take.requests,
                       take.idempotency, std::move(*why), decision);
        return decision;
    }
    open_visit(policy, context, "take", *seal, take.person, take.requests, policy.factors_take,
               take.idempotency, decision);
    return decision;
}

Decision decide_return(const State& state, const Policy& policy, const Context& context,
                       const Return& command) {
    const auto* seal = state.seal(command.seal);
    if (seal == nullptr) return unknown_seal(command.seal);
    Decision decision;
    if (auto why = return_refusal(state, policy, context, command, *seal, decision.events)) {
        record_refusal(EventType::return_refused, context, seal->id, command.person, {},
                       command.idempotency, std::move(*why), decision);
        return decision;
    }
    open_visit(policy, context, "return", *seal, command.person, {}, policy.factors_return,
               command.idempotency, decision);
    return decision;
}

Decision decide_identify(const State& state, const Policy& policy, const Context& context,
                         const Identify& command) {
    auto identified = identify(state, policy, context, {command.person, command.factors});
    Decision decision;
    decision.events = std::move(identified.events);
    decision.refusal = std::move(identified.refusal);
    return decision;
}

}  // namespace seals::rules
