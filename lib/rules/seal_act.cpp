// A seal's life, step by step: every act begins in a state that words/seal_acts allows, has its
// witnesses, and is recorded with its basis. There is no way back but by an act, and no delete.
#include <algorithm>
#include <set>

#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/seal_register.hpp"

namespace seals::rules {
namespace {

using Refusal = std::optional<Error>;

Refusal order_refusal(const Seal& seal, const SealActRow& row) {
    if (may_begin(row, seal.state)) return std::nullopt;
    return refusal(Rule::life_in_order, "seal.wrong_state",
                   {seal.id.str(), std::string(name_of(seal.state)), std::string(row.verb),
                    std::string(row.from)});
}

// Everybody whose factor is asked for.
std::vector<Acting> parts_of(const ActOnSeal& command) {
    auto parts = command.witnesses;
    if (command.approver) parts.push_back(*command.approver);
    return parts;
}

// Enough persons, each there once, none of them who acts; the approver keeps no key to the seal.
Refusal parts_refusal(const Context& context, const Seal& seal, const ActOnSeal& command) {
    const auto& row = row_of(command.act);
    std::string verb(row.verb);
    auto named = static_cast<int>(command.witnesses.size());
    if (named < row.witnesses)
        return refusal(Rule::other_persons, "act.witnesses",
                       {verb, std::to_string(row.witnesses), std::to_string(named)});
    if (row.approver && !command.approver)
        return refusal(Rule::other_persons, "act.approver", {verb});
    if (row.file && command.files.empty()) return refusal(Rule::other_persons, "act.file", {verb});
    std::set<std::string> seen;
    if (context.actor.kind == "person") seen.insert(context.actor.id);
    for (const auto& part : parts_of(command))
        if (!seen.insert(part.person.str()).second)
            return refusal(Rule::other_persons, "act.same_person", {part.person.str()});
    if (command.approver && seal.kept_by(command.approver->person))
        return refusal(Rule::other_persons, "act.approver_keeps", {command.approver->person.str()});
    return std::nullopt;
}

// What ends a seal's use needs it back first; what takes it out of the house needs it out.
Refusal place_refusal(const State& state, const Context& context, const Seal& seal,
                      const SealActRow& row) {
    if (!seal.session.empty())
        return refusal(Rule::not_granted_elsewhere, "seal.session", {seal.id.str()});
    bool in = seal.custody == Custody::in_slot || seal.custody == Custody::returned_unverified ||
              seal.custody == Custody::quarantined;
    if (row.leaves_house && in && !seal.slot.empty())
        return refusal(Rule::seal_at_hand, "seal.still_in", {seal.id.str()});
    bool ends_use = row.act == SealAct::retire || row.act == SealAct::seal_away;
    if (ends_use && seal.loan)
        return refusal(Rule::seal_at_hand, "seal.out", {seal.id.str(), seal.loan->person.str()});
    if (row.act != SealAct::enrol) return std::nullopt;
    if (seal.slot.empty() || !state.slots.contains(seal.slot))
        return refusal(Rule::seal_in_slot, "seal.no_slot", {seal.id.str()});
    if (!context.simulated) return refusal(Rule::seal_at_hand, "act.no_tag", {seal.id.str()});
    return std::nullopt;
}

Event act_event(const Context& context, const ActOnSeal& command, const SealActRow& row) {
    auto event = make_event(row.event, context);
    event.seal = command.seal;
    event.img = command.files;
    if (row.act == SealAct::enrol) event.data = make_data({{"uid", context.fresh_uid}});
    auto add = [&](const char* name, Value value) {
        if (!value.is_null()) event.data.add(name, std::move(value));
    };
    if (event.data.is_null()) event.data = Value{Value::Object{}};
    if (!command.witnesses.empty()) add("witnesses", persons_of(command.witnesses));
    if (command.approver) add("approver", command.approver->person.str());
    add("idempotency", idempotency_value(command.idempotency));
    event.personal = {{"basis", command.basis}};
    return event;
}

}  // namespace

void revoke_grants(const State& state, const Context& context, const SealId& seal,
                   const std::string& reason, Decision& decision) {
    for (const auto& id : open_requests(state, seal, context.now)) {
        auto event = make_event(EventType::grant_revoked, context);
        event.seal = seal;
        event.request = id;
        event.data = make_data({{"reason", reason}});
        decision.events.push_back(std::move(event));
    }
}

// Whether a line of it grants the seal, or may yet: an application that goes up its chain.
static bool opens(const Request& request, const SealId& seal, Instant now) {
    auto lines = request.lines_of(seal);
    return std::any_of(lines.begin(), lines.end(), [&](const auto& item) {
        const auto& line = *item.second;
        bool pending = request.is_pending() && line.revoked.empty() && now <= line.valid_to;
        return pending || request.stands(line, now);
    });
}

std::vector<RequestId> open_requests(const State& state, const SealId& seal, Instant now) {
    std::vector<RequestId> open;
    for (const auto& [id, request] : state.requests)
        if (opens(request, seal, now)) open.push_back(id);
    return open;
}

Decision decide_seal_act(const State& state, const Policy& policy, const Context& context,
                         const ActOnSeal& command) {
    Decision decision;
    const auto* seal = state.seal(command.seal);
    if (seal == nullptr) {
        decision.refusal = unknown_thing("seal", command.seal.str());
        return decision;
    }
    const auto& row = row_of(command.act);
    auto why = order_refusal(*seal, row);
    if (!why) why = parts_refusal(context, *seal, command);
    if (!why) why = place_refusal(state, context, *seal, row);
    if (!admit(state, policy, context, row.verb, seal->id, parts_of(command), command.idempotency,
               std::move(why), decision))
        return decision;
    decision.id = seal->id.str();
    decision.events.push_back(act_event(context, command, row));
    if (row.ends_grants)
        revoke_grants(state, context, seal->id, std::string(name_of(row.to)), decision);
    bool calls_back = row.act == SealAct::suspend || row.act == SealAct::lose;
    if (calls_back && seal->loan && !seal->loan->recalled)
        add_recall(context, *seal, seal->loan->person, {}, decision.events,
                   row.act == SealAct::lose ? "seal reported lost" : "seal suspended");
    return decision;
}

Decision decide_cleared(const State& state, const Policy& policy, const Context& context,
                        const ReleaseQuarantine& command) {
    Decision decision;
    const auto* seal = state.seal(command.seal);
    if (seal == nullptr) {
        decision.refusal = unknown_thing("seal", command.seal.str());
        return decision;
    }
    Refusal why;
    if (seal->state != SealState::quarantined)
        why = refusal(Rule::life_in_order, "seal.wrong_state",
                      {seal->id.str(), std::string(name_of(seal->state)), "release-quarantine",
                       "quarantined"});
    else
        why = pair_refusal("release-quarantine", command.persons);
    if (!admit(state, policy, context, "release-quarantine", seal->id, command.persons,
               command.idempotency, std::move(why), decision))
        return decision;
    decision.id = seal->id.str();
    auto event = make_event(EventType::seal_unquarantined, context);
    event.seal = seal->id;
    event.data = make_data({{"state", name_of(seal->before)},
                            {"persons", persons_of(command.persons)},
                            {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"basis", command.basis}};
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
