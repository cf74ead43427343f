// Handover: who keeps a seal changes only by two hands. Offered by the keeper (in an absence, by a
// third custodian), accepted by the receiver in person; a permanent change needs a clean blind
// count after the offer; what is temporary ends by the clock.
#include <algorithm>

#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

using Refusal = std::optional<Error>;

HandoverKind kind_of(const OfferHandover& command) {
    if (command.absent) return HandoverKind::absence;
    return command.until ? HandoverKind::temporary : HandoverKind::permanent;
}

std::vector<SealId> seals_of(const State& state, const OfferHandover& command) {
    if (!command.seals.empty()) return command.seals;
    std::vector<SealId> all;
    for (const auto& [id, seal] : state.seals)
        if (seal.kept_by(command.from)) all.push_back(id);
    return all;
}

Refusal parties_refusal(const State& state, const Context& context, const OfferHandover& command) {
    if (command.from == command.to)
        return refusal(Rule::handover_in_order, "handover.parties", {command.to.str()});
    const auto& giver = command.giver.person;
    if (command.absent && (giver == command.from || giver == command.to))
        return refusal(Rule::handover_in_order, "handover.parties", {giver.str()});
    const auto* to = state.person(command.to);
    if (to == nullptr) return refusal(Rule::active_person, "person.unknown", {command.to.str()});
    if (!to->active) return refusal(Rule::active_person, "person.left", {command.to.str()});
    if (command.until && *command.until <= context.now)
        return refusal(Rule::handover_in_order, "handover.over");
    return std::nullopt;
}

// In an absence a third custodian acts: anybody who keeps some seal of this cabinet.
bool keeps_any(const State& state, const PersonId& person) {
    return std::any_of(state.seals.begin(), state.seals.end(),
                       [&](const auto& item) { return item.second.kept_by(person); });
}

Refusal seals_refusal(const State& state, const OfferHandover& command,
                      const std::vector<SealId>& seals) {
    if (seals.empty())
        return refusal(Rule::handover_in_order, "handover.nothing", {command.from.str()});
    if (command.absent && !keeps_any(state, command.giver.person))
        return refusal(Rule::handover_in_order, "handover.nothing", {command.giver.person.str()});
    for (const auto& id : seals) {
        const auto* seal = state.seal(id);
        if (seal == nullptr || !seal->kept_by(command.from))
            return refusal(Rule::handover_in_order, "handover.not_custodian",
                           {command.from.str(), id.str()});
        bool permanent = kind_of(command) == HandoverKind::permanent;
        if (permanent && seal->kept_by(command.to))
            return refusal(Rule::handover_in_order, "handover.keeps_already",
                           {command.to.str(), id.str()});
        if (const auto* open = state.open_handover_of(id))
            return refusal(Rule::handover_in_order, "handover.open", {id.str(), open->id});
    }
    return std::nullopt;
}

// What the giver still has in his hand cannot be counted in the cabinet.
Refusal held_refusal(const State& state, const Handover& handover) {
    for (const auto& id : handover.seals) {
        const auto* seal = state.seal(id);
        if (seal != nullptr && seal->loan && seal->loan->person == handover.from)
            return refusal(Rule::handover_in_order, "handover.holds",
                           {handover.from.str(), id.str()});
    }
    return std::nullopt;
}

// The giver's place among the custodians, in the same order; nobody stands there twice.
std::vector<PersonId> with_receiver(const Seal& seal, const Handover& handover) {
    std::vector<PersonId> out;
    for (const auto& person : seal.custodians) {
        const auto& kept = person == handover.from ? handover.to : person;
        if (std::find(out.begin(), out.end(), kept) == out.end()) out.push_back(kept);
    }
    return out;
}

void change_custodians(const Context& context, const SealId& seal,
                       const std::vector<PersonId>& custodians, const std::string& handover,
                       Decision& decision) {
    auto event = make_event(EventType::custodian_changed, context);
    event.seal = seal;
    event.data = make_data({{"custodians", texts_of(custodians)}, {"handover", handover}});
    decision.events.push_back(std::move(event));
}

Event handover_event(EventType type, const Context& context, const std::string& id,
                     const Idempotency& once) {
    auto event = make_event(type, context);
    event.data = make_data({{"id", id}, {"idempotency", idempotency_value(once)}});
    return event;
}

Refusal answer_refusal(const State& state, const Handover& handover,
                       const AnswerHandover& command) {
    if (handover.state != HandoverState::offered)
        return refusal(Rule::handover_in_order, "handover.state",
                       {handover.id, std::string(name_of(handover.state))});
    const auto& person = command.person.person;
    if (command.accept && person != handover.to)
        return refusal(Rule::handover_in_order, "handover.receiver",
                       {handover.id, handover.to.str()});
    bool party = person == handover.to || person == handover.from || person == handover.by;
    if (!party)
        return refusal(Rule::handover_in_order, "handover.party", {person.str(), handover.id});
    if (!command.accept) return std::nullopt;
    return held_refusal(state, handover);
}

void accept(const State& state, const Context& context, const Handover& handover,
            const AnswerHandover& command, const std::string& inventory, Decision& decision) {
    auto event =
        handover_event(EventType::handover_accepted, context, handover.id, command.idempotency);
    event.person = handover.to;
    if (!inventory.empty()) event.data.add("inventory", inventory);
    decision.events.push_back(std::move(event));
    for (const auto& id : handover.seals)
        if (const auto* seal = state.seal(id))
            change_custodians(context, id, with_receiver(*seal, handover), handover.id, decision);
}

}  // namespace

// A blind count of all of them since the offer, by another than the giver, in which each lay in its
// slot by the machine's word and the person's.
std::optional<Error> count_refusal(const State& state, const Handover& handover,
                                   std::string& inventory) {
    auto missing = handover.seals.front();
    for (const auto& item : state.inventories) {
        const auto& count = item.second;
        if (!count.blind || count.at < handover.offered || count.person == handover.from) continue;
        auto unproved = std::find_if(handover.seals.begin(), handover.seals.end(),
                                     [&](const SealId& seal) { return !count.proves(seal); });
        if (unproved == handover.seals.end()) {
            inventory = item.first;
            return std::nullopt;
        }
        missing = *unproved;
    }
    return refusal(Rule::blind_count, "count.none", {missing.str()});
}

Decision decide_offer(const State& state, const Policy& policy, const Context& context,
                      const OfferHandover& command) {
    Decision decision;
    auto seals = seals_of(state, command);
    auto why = parties_refusal(state, context, command);
    if (!why) why = seals_refusal(state, command, seals);
    if (!admit(state, policy, context, command.absent ? "absent" : "offer", {}, {command.giver},
               command.idempotency, std::move(why), decision))
        return decision;
    decision.id = "H" + context.fresh_session.substr(1);
    auto event = make_event(EventType::handover_offered, context);
    event.person = command.from;
    event.data = make_data({{"id", decision.id},
                            {"kind", name_of(kind_of(command))},
                            {"seals", texts_of(seals)},
                            {"to", command.to.str()},
                            {"until", command.until ? Value{command.until->ms} : Value{}},
                            {"by", command.giver.person.str()},
                            {"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    return decision;
}

Decision decide_answer(const State& state, const Policy& policy, const Context& context,
                       const AnswerHandover& command) {
    Decision decision;
    decision.id = command.id;
    const auto* handover = state.handover(command.id);
    if (handover == nullptr) {
        decision.refusal = unknown_thing("handover", command.id);
        return decision;
    }
    auto why = answer_refusal(state, *handover, command);
    std::string inventory;
    if (!why && command.accept && handover->kind == HandoverKind::permanent)
        why = count_refusal(state, *handover, inventory);
    if (!admit(state, policy, context, command.accept ? "accept" : "refuse", {}, {command.person},
               command.idempotency, std::move(why), decision))
        return decision;
    if (command.accept) {
        accept(state, context, *handover, command, inventory, decision);
        return decision;
    }
    auto event =
        handover_event(EventType::handover_refused, context, handover->id, command.idempotency);
    event.person = command.person.person;
    event.personal = {{"reason", command.reason}};
    decision.events.push_back(std::move(event));
    return decision;
}

// One that is over gives the seals back; one that waits too long is told.
void watch_handovers(const State& state, const Policy& policy, const Context& context,
                     Decision& decision) {
    for (const auto& [id, handover] : state.handovers) {
        if (handover.state == HandoverState::offered &&
            context.now > handover.offered + policy.handover_patience)
            decision.events.push_back(make_alert(context, "handover_unconfirmed", "medium", {},
                                                 handover.seals.front(), {}, handover.to));
        if (handover.state != HandoverState::in_force || context.now <= *handover.until) continue;
        auto ended = handover_event(EventType::handover_ended, context, id, {});
        ended.actor = device_actor();
        ended.person = handover.from;
        decision.events.push_back(std::move(ended));
        for (std::size_t i = 0; i < handover.seals.size() && i < handover.before.size(); ++i)
            change_custodians(context, handover.seals[i], handover.before[i], id, decision);
    }
}

// Somebody who has left the firm and still keeps or holds a seal.
void watch_leavers(const State& state, const Context& context, Decision& decision) {
    for (const auto& item : state.seals) {
        const auto& seal = item.second;
        bool over = seal.state == SealState::destroyed || seal.state == SealState::surrendered;
        if (over) continue;
        auto tell = [&](const PersonId& who) {
            const auto* person = state.person(who);
            if (person == nullptr || person->active) return;
            decision.events.push_back(
                make_alert(context, "leaver_holding", "high", seal.slot, seal.id, {}, who));
        };
        for (const auto& custodian : seal.custodians)
            tell(custodian);
        if (seal.loan && !seal.kept_by(seal.loan->person)) tell(seal.loan->person);
    }
}

}  // namespace seals::rules
