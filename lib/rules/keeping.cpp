// Keeping: what may go, and what must stay. A legal hold outranks every term and every erasure; a
// person's data goes only when he has left and keeps nothing; files go by their class's term.
#include <algorithm>

#include "rules/alert.hpp"
#include "rules/identify.hpp"

namespace seals::rules {
namespace {

std::optional<Error> hold_refusal(const Request& request, bool hold) {
    if (request.legal_hold != hold) return std::nullopt;
    return refusal(Rule::legal_hold, hold ? "hold.stands" : "hold.none", {request.id.str()});
}

// Why this person still is somebody here.
std::optional<Error> presence_refusal(const State& state, const Person& person) {
    auto id = person.id.str();
    if (person.active) return refusal(Rule::erase_leavers, "erase.active", {id});
    if (person.erased) return refusal(Rule::erase_leavers, "erase.done", {id});
    for (const auto& [seal_id, seal] : state.seals) {
        bool over = seal.state == SealState::destroyed || seal.state == SealState::surrendered;
        if (seal.loan && seal.loan->person == person.id)
            return refusal(Rule::erase_leavers, "erase.holds", {id, seal_id.str()});
        if (!over && std::count(seal.custodians.begin(), seal.custodians.end(), person.id) > 0)
            return refusal(Rule::erase_leavers, "erase.keeps", {id, seal_id.str()});
    }
    if (state.live_session_of(person.id) != nullptr)
        return refusal(Rule::erase_leavers, "erase.visit", {id});
    for (const auto& [handover_id, handover] : state.handovers)
        if (handover.open() && (handover.from == person.id || handover.to == person.id))
            return refusal(Rule::erase_leavers, "erase.handover", {id, handover_id});
    return std::nullopt;
}

// Requests that he had a part in and that must stay as they are, the first few by name.
std::optional<Error> held_refusal(const State& state, const ErasePerson& command) {
    constexpr std::size_t kNamed = 10;
    std::string named;
    std::size_t held = 0;
    for (const auto& id : command.requests) {
        const auto* request = state.request(id);
        if (request == nullptr || !request->legal_hold) continue;
        if (++held <= kNamed) named += (named.empty() ? "" : ", ") + id.str();
    }
    if (held == 0) return std::nullopt;
    if (held > kNamed) named += ", …";
    return refusal(Rule::legal_hold, "erase.held",
                   {command.person.str(), std::to_string(held), named});
}

std::optional<Error> erase_refusal(const State& state, const Person& person,
                                   const ErasePerson& command) {
    if (auto why = presence_refusal(state, person)) return why;
    if (auto why = held_refusal(state, command)) return why;
    for (const auto& one : command.persons)
        if (one.person == person.id)
            return refusal(Rule::erase_leavers, "erase.himself", {person.id.str()});
    return pair_refusal("erase", command.persons);
}

bool is_held(const State& state, const PurgeFiles::File& file) {
    return std::any_of(file.requests.begin(), file.requests.end(), [&](const RequestId& id) {
        const auto* request = state.request(id);
        return request != nullptr && request->legal_hold;
    });
}

}  // namespace

Decision decide_legal_hold(const State& state, const Context& context, const HoldLegally& command) {
    Decision decision;
    decision.id = command.request.str();
    const auto* request = state.request(command.request);
    if (request == nullptr) {
        decision.refusal = unknown_thing("request", command.request.str());
        return decision;
    }
    if (auto why = hold_refusal(*request, command.hold)) {
        refuse_act(context, command.hold ? "hold" : "unhold", {}, command.idempotency,
                   std::move(*why), decision);
        return decision;
    }
    auto event = make_event(command.hold ? EventType::legalhold_set : EventType::legalhold_released,
                            context);
    event.request = request->id;
    event.data = make_data({{"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"basis", command.basis}};
    decision.events.push_back(std::move(event));
    return decision;
}

Decision decide_erase(const State& state, const Policy& policy, const Context& context,
                      const ErasePerson& command) {
    Decision decision;
    decision.id = command.person.str();
    const auto* person = state.person(command.person);
    if (person == nullptr) {
        decision.refusal = unknown_thing("person", command.person.str());
        return decision;
    }
    if (!admit(state, policy, context, "erase", {}, command.persons, command.idempotency,
               erase_refusal(state, *person, command), decision))
        return decision;
    auto event = make_event(EventType::erased, context);
    event.person = person->id;
    event.data = make_data({{"texts", command.texts},
                            {"secrets", command.secrets},
                            {"persons", persons_of(command.persons)},
                            {"idempotency", idempotency_value(command.idempotency)}});
    event.personal = {{"basis", command.basis}};
    decision.events.push_back(std::move(event));
    return decision;
}

// What came under hold since somebody looked stays, and is counted with the others that are held.
Decision decide_purge(const State& state, const Context& context, const PurgeFiles& command) {
    Decision decision;
    Value::Array files;
    auto held = command.held;
    for (const auto& file : command.files) {
        if (is_held(state, file))
            ++held;
        else
            files.emplace_back(file.sha256);
    }
    if (files.empty()) return decision;
    auto event = make_event(EventType::retention_purged, context);
    event.data = make_data({{"class", command.klass},
                            {"files", std::move(files)},
                            {"held", held},
                            {"before", command.before.ms},
                            {"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    return decision;
}

// Told when it is found, and once more when all is well again.
Decision decide_files(const State& state, const Context& context, const FilesChecked& fact) {
    Decision decision;
    bool ok = fact.missing == 0 && fact.altered == 0;
    std::string fault;
    if (!ok)
        fault =
            std::to_string(fact.missing) + " missing, " + std::to_string(fact.altered) + " altered";
    if (fault == state.node.files_fault) return decision;
    auto event = make_event(ok ? EventType::selftest_ok : EventType::selftest_failed, context);
    event.actor = device_actor();
    event.data = ok ? make_data({{"part", "files"}, {"size", fact.size}})
                    : make_data({{"part", "files"}, {"seq", fact.seq}, {"reason", fault}});
    decision.events.push_back(std::move(event));
    if (!ok) decision.events.push_back(make_alert(context, {"file_altered"}));
    return decision;
}

}  // namespace seals::rules
