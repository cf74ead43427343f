#include "rules/decide.hpp"

#include <set>

#include "rules/alert.hpp"
#include "rules/approval.hpp"
#include "rules/evidence.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

template <class... Ts>
struct Overload : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
Overload(Ts...) -> Overload<Ts...>;

Decision one_event(const Context& context, EventType type, Value data = Value{Value::Object{}}) {
    Decision decision;
    auto event = make_event(type, context);
    event.data = std::move(data);
    decision.events.push_back(std::move(event));
    return decision;
}

Decision decide_import(const Context& context, const ImportFinished& command) {
    return one_event(context, EventType::import_finished,
                     make_data({{"kind", command.kind},
                                {"sha256", command.sha256},
                                {"accepted", command.accepted},
                                {"unchanged", command.unchanged},
                                {"withdrawn", command.withdrawn},
                                {"left_out", command.left_out},
                                {"refused", command.refused},
                                {"conflicts", command.conflicts},
                                {"idempotency", idempotency_value(command.idempotency)}}));
}

Decision decide_clock(const State& state, const Context& context, const AcceptClock& command) {
    Value::Array persons;
    for (const auto& id : command.persons) {
        const auto* person = state.person(id);
        if (person == nullptr || !person->active) {
            Decision decision;
            decision.refusal = refusal(Rule::active_person, "person.unknown", {id.str()});
            return decision;
        }
        persons.emplace_back(id.str());
    }
    if (std::set<PersonId>(command.persons.begin(), command.persons.end()).size() < 2) {
        Decision decision;
        decision.refusal = invalid("persons", "two different persons must accept the clock");
        return decision;
    }
    return one_event(context, EventType::clock_accepted,
                     make_data({{"persons", std::move(persons)}, {"by_ms", command.by_ms}}));
}

// The policy's own entry stands before any decision by it.
void add_changes(Decision& decision, const State& state, const Context& context,
                 const ConfigLoaded& now) {
    if (state.node.config_sha256 != now.config_sha256) {
        auto event = make_event(EventType::config_changed, context);
        event.data = make_data({{"sha256", now.config_sha256}});
        decision.events.push_back(std::move(event));
    }
    if (state.node.policy_sha256 != now.policy_sha256) {
        auto event = make_event(EventType::policy_loaded, context);
        event.data = make_data({{"sha256", now.policy_sha256}, {"text", now.policy_text}});
        decision.events.push_back(std::move(event));
    }
}

}  // namespace

// A boot: what was changed while we were away, and every visit that the last run did not finish.
Decision decide_boot(const State& state, const Context& context, const Booted& fact) {
    auto decision =
        one_event(context, EventType::device_booted,
                  make_data({{"version", fact.version},
                             {"clean", !state.node.running},
                             {"slots", texts_of(fact.slots)},
                             {"down_from", fact.last.ms != 0 ? Value{fact.last.ms} : Value{}}}));
    add_changes(decision, state, context,
                {fact.config_sha256, fact.policy_text, fact.policy_sha256});
    for (const auto& [id, session] : state.sessions) {
        if (!is_live(session.stage) || session.stage == Stage::unknown) continue;
        auto event = make_event(EventType::session_unknown, context);
        event.session = id;
        event.seal = session.seal;
        event.person = session.person;
        event.data = make_data({{"kind", session.kind}, {"slot", session.slot.str()}});
        decision.events.push_back(std::move(event));
    }
    return decision;
}

namespace {

Decision decide_config(const State& state, const Context& context, const ConfigLoaded& command) {
    Decision decision;
    add_changes(decision, state, context, command);
    return decision;
}

Decision decide_step(const Context& context, const ClockStepped& fact) {
    return one_event(context, EventType::clock_stepped, make_data({{"by_ms", fact.by_ms}}));
}

Decision decide_state(const Context& context, const RecordState& command) {
    return one_event(context, EventType::state_recorded, command.data);
}

Decision decide_selftest(const Context& context, const SelfTested& fact) {
    if (fact.ok)
        return one_event(
            context, EventType::selftest_ok,
            make_data({{"part", fact.part}, {"size", fact.size}, {"root", fact.root}}));
    return one_event(context, EventType::selftest_failed,
                     make_data({{"part", fact.part}, {"seq", fact.seq}, {"reason", fact.reason}}));
}

// Keys and what is handed out as evidence; what is kept, and for how long.
template <class KeepingCommand>
Decision decide_keeping(const State& state, const Policy& policy, const Context& context,
                        const KeepingCommand& command) {
    if constexpr (std::is_same_v<KeepingCommand, HoldLegally>)
        return decide_legal_hold(state, context, command);
    else if constexpr (std::is_same_v<KeepingCommand, ErasePerson>)
        return decide_erase(state, policy, context, command);
    else if constexpr (std::is_same_v<KeepingCommand, PurgeFiles>)
        return decide_purge(state, context, command);
    else if constexpr (std::is_same_v<KeepingCommand, FilesChecked>)
        return decide_files(state, context, command);
    else if constexpr (std::is_same_v<KeepingCommand, KeyMade>)
        return decide_key(state, context, command);
    else if constexpr (std::is_same_v<KeepingCommand, RotateKey>)
        return decide_rotation(state, policy, context, command);
    else if constexpr (std::is_same_v<KeepingCommand, SelfTested>)
        return decide_selftest(context, command);
    else if constexpr (std::is_same_v<KeepingCommand, RecordBaseline>)
        return decide_baseline(state, policy, context, command);
    else if constexpr (std::is_same_v<KeepingCommand, ExportEvidence>)
        return decide_export(context, command);
    else
        return decide_backup(context, command);
}

Decision decide_command(const State& state, const Policy& policy, const Context& context,
                        const Command& command) {
    return std::visit(
        Overload{
            [&](const PersonUpsert& c) { return decide_person(state, context, c); },
            [&](const SealUpsert& c) { return decide_seal(state, context, c); },
            [&](const RequestUpsert& c) { return decide_request(state, policy, context, c); },
            [&](const ImportFinished& c) { return decide_import(context, c); },
            [&](const SetPin& c) { return decide_pin(state, context, c); },
            [&](const Take& c) { return decide_take(state, policy, context, c); },
            [&](const Return& c) { return decide_return(state, policy, context, c); },
            [&](const Identify& c) { return decide_identify(state, policy, context, c); },
            [&](const AcceptClock& c) { return decide_clock(state, context, c); },
            [&](const ActOnSeal& c) { return decide_seal_act(state, policy, context, c); },
            [&](const RegisterSeal& c) { return decide_register(state, context, c); },
            [&](const ReplaceSeal& c) { return decide_replace(state, context, c); },
            [&](const ReleaseQuarantine& c) { return decide_cleared(state, policy, context, c); },
            [&](const HoldRequest& c) { return decide_hold(state, context, c); },
            [&](const RecordUse& c) { return decide_use(state, policy, context, c); },
            [&](const VoidUse& c) { return decide_void(state, policy, context, c); },
            [&](const ExtendRequest& c) { return decide_extend(state, policy, context, c); },
            [&](const PaperRequest& c) { return decide_paper(state, policy, context, c); },
            [&](const MatchRequest& c) { return decide_match(state, context, c); },
            [&](const OpenEmergency& c) { return decide_emergency(state, policy, context, c); },
            [&](const ProveCounts& c) { return decide_proof(context, c); },
            [&](const RecallSeal& c) { return decide_recall(state, context, c); },
            [&](const WithdrawRequest& c) { return decide_withdraw(state, policy, context, c); },
            [&](const Apply& c) { return decide_apply(state, policy, context, c); },
            [&](const DecideApplication& c) { return decide_approval(state, policy, context, c); },
            [&](const FinishRequest& c) { return decide_finish(state, policy, context, c); },
            [&](const TellResult& c) { return decide_tell(state, policy, context, c); },
            [&](const OfferHandover& c) { return decide_offer(state, policy, context, c); },
            [&](const AnswerHandover& c) { return decide_answer(state, policy, context, c); },
            [&](const ExplainOverride& c) { return decide_explain(state, policy, context, c); },
            [&](const Reconcile& c) { return decide_reconcile(policy, context, c); },
            [&](const Explain& c) { return decide_explain(state, context, c); },
            [&](const AlertAct& c) { return decide_alert(state, policy, context, c); },
            [&](const ReleaseCabinet& c) { return decide_release(state, policy, context, c); },
            [&](const Heartbeat& c) { return decide_heartbeat(state, context, c); },
            [&](const DevicesSeen& c) { return decide_devices(state, context, c); },
            [&](const DiskSeen& c) { return decide_disk(state, policy, context, c); },
            [&](const LineFired& c) { return decide_fired(state, context, c); },
            [&](const LineNotFired& c) { return decide_not_fired(state, context, c); },
            [&](const OutcomeLost& c) { return decide_lost(state, context, c); },
            [&](const DoorMoved& c) { return decide_door(state, context, c); },
            [&](const TagRead& c) { return decide_tag(state, context, c); },
            [&](const DoorTimeout& c) { return decide_door_timeout(state, context, c); },
            [&](const LeftOpen& c) { return decide_left_open(state, context, c); },
            [&](const InventoryTaken& c) { return decide_inventory(state, context, c); },
            [&](const StartInventory& c) { return decide_count(state, policy, context, c); },
            [&](const Booted& c) { return decide_boot(state, context, c); },
            [&](const ConfigLoaded& c) { return decide_config(state, context, c); },
            [&](const Shutdown&) { return one_event(context, EventType::device_shutdown); },
            [&](const ClockStepped& c) { return decide_step(context, c); },
            [&](const TimePassed&) { return decide_time(state, policy, context); },
            [&](const RecordState& c) { return decide_state(context, c); },
            [&](const auto& c) { return decide_keeping(state, policy, context, c); },
        },
        command);
}

void add_use_rows(const Command& command, std::vector<Key>& keys) {
    auto request = [&](const std::string& id) { keys.emplace_back("request", id); };
    if (const auto* use = std::get_if<RecordUse>(&command)) request(use->use.request.str());
    if (const auto* one = std::get_if<VoidUse>(&command)) keys.emplace_back("use", one->id);
    if (const auto* extend = std::get_if<ExtendRequest>(&command)) request(extend->request.str());
    if (const auto* emergency = std::get_if<OpenEmergency>(&command)) request(emergency->id.str());
    if (const auto* paper = std::get_if<PaperRequest>(&command)) {
        request(paper->request.external_id);
        request(paper->request.source + ":" + paper->request.external_id);
    }
    if (const auto* match = std::get_if<MatchRequest>(&command)) {
        request(match->request.str());
        request(match->external_id);
        request(match->source + ":" + match->external_id);
    }
}

void add_keeping_rows(const Command& command, std::vector<Key>& keys) {
    auto requests = [&](const std::vector<RequestId>& ids) {
        for (const auto& id : ids)
            keys.emplace_back("request", id.str());
    };
    if (const auto* hold = std::get_if<HoldLegally>(&command))
        keys.emplace_back("request", hold->request.str());
    if (const auto* erase = std::get_if<ErasePerson>(&command)) requests(erase->requests);
    if (const auto* purge = std::get_if<PurgeFiles>(&command))
        for (const auto& file : purge->files)
            requests(file.requests);
}

}  // namespace

Decision decide(const State& state, const Policy& policy, const Context& context,
                const Command& command) {
    auto decision = decide_command(state, policy, context, command);
    if (!decision.refusal) add_consequences(state, policy, context, command, decision.events);
    bool by_time = std::holds_alternative<TimePassed>(command);
    settle_alerts(state, context, by_time, decision.events);
    return decision;
}

bool is_fact(const Command& command) {
    return std::visit(
        [](const auto& c) {
            using C = std::decay_t<decltype(c)>;
            return std::is_same_v<C, LineFired> || std::is_same_v<C, LineNotFired> ||
                   std::is_same_v<C, OutcomeLost> || std::is_same_v<C, DoorMoved> ||
                   std::is_same_v<C, TagRead> || std::is_same_v<C, DoorTimeout> ||
                   std::is_same_v<C, LeftOpen> || std::is_same_v<C, Booted> ||
                   std::is_same_v<C, ClockStepped> || std::is_same_v<C, TimePassed> ||
                   std::is_same_v<C, DevicesSeen> || std::is_same_v<C, DiskSeen> ||
                   std::is_same_v<C, KeyMade> || std::is_same_v<C, FilesChecked>;
        },
        command);
}

std::vector<Key> rows_named_by(const Command& command) {
    std::vector<Key> keys;
    if (const auto* take = std::get_if<Take>(&command))
        for (const auto& id : take->requests)
            keys.emplace_back("request", id.str());
    if (const auto* hold = std::get_if<HoldRequest>(&command))
        keys.emplace_back("request", hold->request.str());
    if (const auto* withdraw = std::get_if<WithdrawRequest>(&command))
        keys.emplace_back("request", withdraw->request.str());
    add_use_rows(command, keys);
    add_keeping_rows(command, keys);
    if (const auto* apply = std::get_if<Apply>(&command); apply != nullptr)
        for (const auto& id : ids_of_application(*apply))
            keys.emplace_back("request", id);
    if (const auto* decided = std::get_if<DecideApplication>(&command))
        keys.emplace_back("request", decided->request.str());
    if (const auto* finish = std::get_if<FinishRequest>(&command))
        keys.emplace_back("request", finish->request.str());
    if (const auto* tell = std::get_if<TellResult>(&command))
        keys.emplace_back("request", tell->request.str());
    if (const auto* answer = std::get_if<AnswerHandover>(&command))
        keys.emplace_back("handover", answer->id);
    if (const auto* explain = std::get_if<ExplainOverride>(&command))
        keys.emplace_back("override", explain->id);
    if (const auto* upsert = std::get_if<RequestUpsert>(&command)) {
        keys.emplace_back("request", upsert->request.external_id);
        keys.emplace_back("request", upsert->request.source + ":" + upsert->request.external_id);
    }
    const std::string* recounted = nullptr;
    if (const auto* start = std::get_if<StartInventory>(&command))
        recounted = &start->wanted.recount_of;
    if (const auto* taken = std::get_if<InventoryTaken>(&command))
        recounted = &taken->wanted.recount_of;
    if (const auto* baseline = std::get_if<RecordBaseline>(&command))
        recounted = &baseline->inventory;
    if (recounted != nullptr && !recounted->empty()) keys.emplace_back("inventory", *recounted);
    if (const auto* explain = std::get_if<Explain>(&command)) {
        const auto& item = explain->item;
        keys.emplace_back("reconciliation", item.run);
        keys.emplace_back("discrepancy",
                          discrepancy_id(item.source, item.external_id, item.seal.str()));
    }
    if (const auto* act = std::get_if<AlertAct>(&command)) keys.emplace_back("alert", act->alert);
    return keys;
}

std::vector<Key> rows_behind(const State& state, const Command& command) {
    const auto* one = std::get_if<VoidUse>(&command);
    auto use = one != nullptr ? state.uses.find(one->id) : state.uses.end();
    if (use == state.uses.end()) return {};
    return {{"request", use->second.request.str()}};
}

}  // namespace seals::rules
