// Registration of one seal by hand, and replacement: the new seal is another seal with another
// number; what was granted on the old one is never moved to it.
#include "rules/seal_register.hpp"

#include <algorithm>

#include "rules/making.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

bool is_filing_no(const std::string& text) {
    return text.size() == 13 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A number that was ever given is never given again: seals stay in the register for good.
std::optional<Error> new_seal_fault(const State& state, const Seal& wanted) {
    if (auto fault = fault_of(state, wanted)) return fault;
    if (!is_filing_no(wanted.filing_no))
        return invalid("filing_no", "a filing number has 13 digits, leading zeros included");
    if (state.seal(wanted.id) != nullptr)
        return Error{Code::conflict, "seal number " + wanted.id.str() + " was given before",
                     "choose a number that no seal ever had", "id"};
    for (const auto& [id, seal] : state.seals)
        if (seal.filing_no == wanted.filing_no)
            return Error{Code::conflict,
                         "filing number " + wanted.filing_no + " is that of seal " + id.str(),
                         "look at the filing certificate", "filing_no"};
    return std::nullopt;
}

std::optional<Error> old_seal_refusal(const Seal& old_seal, const ReplaceSeal& command) {
    if (old_seal.id == command.by)
        return refusal(Rule::life_in_order, "seal.same", {old_seal.id.str()});
    bool over = old_seal.state == SealState::replaced || old_seal.state == SealState::surrendered ||
                old_seal.state == SealState::destroyed;
    if (over)
        return refusal(Rule::life_in_order, "seal.wrong_state",
                       {old_seal.id.str(), std::string(name_of(old_seal.state)), "replace",
                        "registered enrolled active suspended quarantined lost notice retired "
                        "sealed_away"});
    if (!old_seal.session.empty())
        return refusal(Rule::not_granted_elsewhere, "seal.session", {old_seal.id.str()});
    if (old_seal.loan)
        return refusal(Rule::seal_at_hand, "seal.out",
                       {old_seal.id.str(), old_seal.loan->person.str()});
    return std::nullopt;
}

Seal successor(const Seal& old_seal, const ReplaceSeal& command) {
    Seal seal;
    seal.id = command.by;
    seal.name = old_seal.name;
    seal.type = old_seal.type;
    seal.entity = old_seal.entity;
    seal.custodians = old_seal.custodians;
    seal.filing_no = command.filing_no;
    seal.slot = command.slot;
    seal.replaces = old_seal.id;
    return seal;
}

void hold_requests(const Context& context, const std::vector<RequestId>& open,
                   const std::string& reason, Decision& decision) {
    for (const auto& id : open) {
        auto event = make_event(EventType::request_held, context);
        event.request = id;
        event.data = Value{Value::Object{}};
        event.personal = {{"reason", reason}};
        decision.events.push_back(std::move(event));
    }
}

}  // namespace

Decision decide_register(const State& state, const Context& context, const RegisterSeal& command) {
    Decision decision;
    decision.refusal = new_seal_fault(state, command.seal);
    if (decision.refusal) return decision;
    decision.id = command.seal.id.str();
    auto event = registration(context, command.seal);
    event.img = command.files;
    event.personal.emplace_back("basis", command.basis);
    if (!command.idempotency.key.empty())
        event.data.add("idempotency", idempotency_value(command.idempotency));
    decision.events.push_back(std::move(event));
    return decision;
}

Decision decide_replace(const State& state, const Context& context, const ReplaceSeal& command) {
    Decision decision;
    const auto* old_seal = state.seal(command.old_seal);
    if (old_seal == nullptr) {
        decision.refusal = unknown_thing("seal", command.old_seal.str());
        return decision;
    }
    if (auto why = old_seal_refusal(*old_seal, command)) {
        refuse_act(context, "replace", old_seal->id, command.idempotency, std::move(*why),
                   decision);
        return decision;
    }
    auto fresh = successor(*old_seal, command);
    decision.refusal = new_seal_fault(state, fresh);
    if (decision.refusal) return decision;
    decision.id = old_seal->id.str();
    auto open = open_requests(state, old_seal->id, context.now);
    auto event = make_event(EventType::seal_replaced, context);
    event.seal = old_seal->id;
    event.img = command.files;
    event.data = make_data({{"by", fresh.id.str()},
                            {"open", texts_of(open)},
                            {"held", command.hold},
                            {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"basis", command.basis}};
    decision.events.push_back(std::move(event));
    decision.events.push_back(registration(context, fresh));
    if (command.hold)
        hold_requests(context, open,
                      "seal " + old_seal->id.str() + " was replaced by " + fresh.id.str(),
                      decision);
    else
        revoke_grants(state, context, old_seal->id, "replaced", decision);
    return decision;
}

}  // namespace seals::rules
