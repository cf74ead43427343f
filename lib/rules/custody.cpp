// Custody: may this seal leave, may this slot be opened for its return. Default deny: a take goes
// through every check below, and no class of user skips one.
#include <algorithm>

#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/row.hpp"
#include "rules/take_checks.hpp"

namespace seals::rules {
namespace {

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

// What a visit is opened for.
struct Visit {
    const char* kind;
    PersonId person;
    std::vector<RequestId> requests;
    std::vector<std::string> factors;
    PersonId second;
    std::optional<Instant> curfew;
    Idempotency idempotency;
};

// The visit and the order to unlock: durable together, before anything moves.
void open_visit(const Policy& policy, const Context& context, const Seal& seal, const Visit& visit,
                Decision& decision) {
    decision.id = context.fresh_session;
    auto opened = make_event(EventType::session_opened, context);
    opened.session = SessionId(context.fresh_session);
    opened.seal = seal.id;
    opened.person = visit.person;
    const auto& requests = visit.requests;
    if (requests.size() == 1) opened.request = requests.front();
    opened.data = make_data({{"kind", visit.kind},
                             {"slot", seal.slot.str()},
                             {"requests", requests.empty() ? Value{} : Value{texts_of(requests)}},
                             {"factors", visit.factors},
                             {"second", visit.second.empty() ? Value{} : Value{visit.second.str()}},
                             {"curfew", visit.curfew ? Value{visit.curfew->ms} : Value{}},
                             {"idempotency", idempotency_value(visit.idempotency)}});
    auto unlock = make_event(EventType::slot_unlock_cmd, context);
    unlock.session = opened.session;
    unlock.seal = seal.id;
    unlock.person = visit.person;
    unlock.data = make_data({{"slot", seal.slot.str()},
                             {"nonce", context.fresh_nonce},
                             {"pulse_ms", policy.pulse.count()}});
    decision.events.push_back(std::move(opened));
    decision.events.push_back(std::move(unlock));
}

// Everybody who has a part in it: the second person too, whose failures are his own.
Refusal identification_refusal(const State& state, const Policy& policy, const Context& context,
                               const Take& take, std::vector<Event>& events) {
    auto identified =
        identify(state, policy, context, {take.person, take.factors}, policy.factors_take);
    events = std::move(identified.events);
    if (identified.refusal || !take.second) return identified.refusal;
    auto second = identify(state, policy, context, *take.second, policy.factors_take);
    for (auto& event : second.events)
        events.push_back(std::move(event));
    return second.refusal;
}

Refusal take_refusal(const State& state, const Policy& policy, const Context& context,
                     const Take& take, const Seal& seal, std::vector<Event>& events) {
    if (take.requests.empty()) return refusal(Rule::approved_request, "request.none");
    if (auto why = identification_refusal(state, policy, context, take, events)) return why;
    for (auto& check : take_checks(state, policy, context, take, seal))
        if (check.refusal) return std::move(check.refusal);
    return std::nullopt;
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
    std::optional<Instant> curfew;
    if (used_on_site(state, take)) curfew = curfew_of(policy, context.now, context.utc_offset);
    open_visit(policy, context, *seal,
               {"take", take.person, take.requests, policy.factors_take,
                take.second ? take.second->person : PersonId{}, curfew, take.idempotency},
               decision);
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
    open_visit(policy, context, *seal,
               {"return", command.person, {}, policy.factors_return, {}, {}, command.idempotency},
               decision);
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
