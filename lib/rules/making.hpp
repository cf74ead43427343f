// How the rules make events and refusals: shared by the files of this room, not for others.
#pragma once

#include <initializer_list>
#include <utility>

#include "rules/decide.hpp"
#include "words/rules.hpp"
#include "words/texts.hpp"

namespace seals::rules {

inline Event make_event(EventType type, const Context& context) {
    return Event{type, context.now, context.actor};
}

inline Value make_data(std::initializer_list<Value::Member> members) {
    Value data{Value::Object{}};
    for (const auto& [name, value] : members)
        if (!value.is_null()) data.add(name, value);
    return data;
}

// The member that ties a retry to its first leaf; null when the client gave no key.
inline Value idempotency_value(const Idempotency& from) {
    if (from.key.empty()) return {};
    return make_data({{"uid", from.uid}, {"key", from.key}, {"body", from.body}});
}

inline Event make_alert(const Context& context, std::string_view alert, std::string_view severity,
                        const SlotId& slot, const SealId& seal = {}, const SessionId& session = {},
                        const PersonId& person = {}) {
    auto event = make_event(EventType::alert_raised, context);
    event.actor = device_actor();
    event.seal = seal;
    event.session = session;
    event.person = person;
    event.data = make_data({{"alert", alert},
                            {"severity", severity},
                            {"slot", slot.empty() ? Value{} : Value{slot.str()}}});
    return event;
}

// An act on the register that a rule refuses: recorded, the entry last.
inline void refuse_act(const Context& context, std::string_view act, const SealId& seal,
                       const Idempotency& idempotency, Error error, Decision& decision) {
    auto event = make_event(EventType::act_refused, context);
    event.seal = seal;
    event.data = make_data({{"act", act},
                            {"rule", error.rule},
                            {"text", error.text},
                            {"args", error.args},
                            {"idempotency", idempotency_value(idempotency)}});
    decision.events.push_back(std::move(event));
    decision.refusal = std::move(error);
}

inline Error unknown_thing(std::string_view kind, const std::string& id) {
    std::string name(kind);
    return {Code::not_found, name + " " + id + " is not known",
            "`sealctl " + name + " list` shows what there is", name};
}

inline std::vector<std::string> persons_of(const std::vector<Acting>& acting) {
    std::vector<std::string> out;
    for (const auto& one : acting)
        out.push_back(one.person.str());
    return out;
}

// Calls a loan back: nothing that lent it remains.
inline void add_recall(const Context& context, const Seal& seal, const PersonId& holder,
                       const RequestId& gone, std::vector<Event>& events,
                       std::string_view reason = "request withdrawn") {
    auto event = make_event(EventType::seal_recalled, context);
    event.seal = seal.id;
    event.person = holder;
    event.request = gone;
    event.data = make_data({{"reason", reason}});
    events.push_back(std::move(event));
    events.push_back(
        make_alert(context, "revoked_while_out", "high", seal.slot, seal.id, {}, holder));
}

// What time alone brings about, one per noun: events only when something is due.
void watch_inventory(const State&, const Policy&, const Context&, Decision&);

// One decision function per command; decide() dispatches to them.
Decision decide_person(const State&, const Context&, const PersonUpsert&);
Decision decide_pin(const State&, const Context&, const SetPin&);
Decision decide_seal(const State&, const Context&, const SealUpsert&);
Decision decide_request(const State&, const Policy&, const Context&, const RequestUpsert&);
Decision decide_take(const State&, const Policy&, const Context&, const Take&);
Decision decide_return(const State&, const Policy&, const Context&, const Return&);
Decision decide_identify(const State&, const Policy&, const Context&, const Identify&);
Decision decide_seal_act(const State&, const Policy&, const Context&, const ActOnSeal&);
Decision decide_register(const State&, const Context&, const RegisterSeal&);
Decision decide_replace(const State&, const Context&, const ReplaceSeal&);
Decision decide_cleared(const State&, const Policy&, const Context&, const ReleaseQuarantine&);
Decision decide_use(const State&, const Policy&, const Context&, const RecordUse&);
Decision decide_void(const State&, const Policy&, const Context&, const VoidUse&);
Decision decide_extend(const State&, const Policy&, const Context&, const ExtendRequest&);
Decision decide_paper(const State&, const Policy&, const Context&, const PaperRequest&);
Decision decide_match(const State&, const Context&, const MatchRequest&);
Decision decide_emergency(const State&, const Policy&, const Context&, const OpenEmergency&);
Decision decide_proof(const Context&, const ProveCounts&);
Decision decide_recall(const State&, const Context&, const RecallSeal&);
Decision decide_hold(const State&, const Context&, const HoldRequest&);
Decision decide_withdraw(const State&, const Policy&, const Context&, const WithdrawRequest&);
Decision decide_apply(const State&, const Policy&, const Context&, const Apply&);
Decision decide_approval(const State&, const Policy&, const Context&, const DecideApplication&);
Decision decide_finish(const State&, const Policy&, const Context&, const FinishRequest&);
Decision decide_tell(const State&, const Policy&, const Context&, const TellResult&);
Decision decide_offer(const State&, const Policy&, const Context&, const OfferHandover&);
Decision decide_answer(const State&, const Policy&, const Context&, const AnswerHandover&);
Decision decide_explain(const State&, const Policy&, const Context&, const ExplainOverride&);
// An opening without us, told once until a full inventory came after it.
void add_override(const State&, const Context&, const SlotId&, std::string_view cause, Instant from,
                  Decision&);
// Why no clean blind count since the offer allows the change; otherwise names the count.
std::optional<Error> count_refusal(const State&, const Handover&, std::string& inventory);
// What time alone brings about, one per noun; decide_time() calls them.
void watch_handovers(const State&, const Policy&, const Context&, Decision&);
void watch_curfew(const State&, const Policy&, const Context&, Decision&);
void watch_leavers(const State&, const Context&, Decision&);
void watch_endings(const State&, const Policy&, const Context&, Decision&);
Decision decide_fired(const State&, const Context&, const LineFired&);
Decision decide_not_fired(const State&, const Context&, const LineNotFired&);
Decision decide_lost(const State&, const Context&, const OutcomeLost&);
Decision decide_door(const State&, const Context&, const DoorMoved&);
Decision decide_tag(const State&, const Context&, const TagRead&);
Decision decide_door_timeout(const State&, const Context&, const DoorTimeout&);
Decision decide_left_open(const State&, const Context&, const LeftOpen&);
Decision decide_baseline(const State&, const Policy&, const Context&, const RecordBaseline&);
Decision decide_inventory(const State&, const Context&, const InventoryTaken&);
Decision decide_count(const State&, const Policy&, const Context&, const StartInventory&);
Decision decide_time(const State&, const Policy&, const Context&);
Decision decide_reconcile(const Policy&, const Context&, const Reconcile&);
Decision decide_explain(const State&, const Context&, const Explain&);
Decision decide_alert(const State&, const Policy&, const Context&, const AlertAct&);
Decision decide_release(const State&, const Policy&, const Context&, const ReleaseCabinet&);
Decision decide_heartbeat(const State&, const Context&, const Heartbeat&);
Decision decide_devices(const State&, const Context&, const DevicesSeen&);
Decision decide_disk(const State&, const Policy&, const Context&, const DiskSeen&);
Decision decide_legal_hold(const State&, const Context&, const HoldLegally&);
Decision decide_erase(const State&, const Policy&, const Context&, const ErasePerson&);
Decision decide_purge(const State&, const Context&, const PurgeFiles&);
Decision decide_files(const State&, const Context&, const FilesChecked&);
Decision decide_boot(const State&, const Context&, const Booted&);

}  // namespace seals::rules
