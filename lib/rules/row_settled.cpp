// Which objects are settled: nothing more becomes of them by themselves, so that memory can do
// without them; and which of these an event asks for again.
#include <algorithm>
#include <array>

#include "rules/evolve.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

bool settled(const Session& session) {
    return !is_live(session.stage);
}
bool settled(const Handover& handover) {
    return !handover.open();
}
bool settled(const Override& override) {
    return !override.open();
}
bool settled(const LoanRecord& loan) {
    return loan.returned.has_value();
}
bool settled(const Alert& alert) {
    return alert.state == AlertState::closed;
}

// Nothing can come of it any more: it releases nothing, and no seal waits for its cure.
bool settled(const Request& request, const std::set<RequestId>& held, Instant now) {
    return request.settled() && !can_release(request, now) && !request.needs_cure() &&
           !held.contains(request.id);
}

template <class Map, class Id>
bool settled_in(const Map& map, const Id& id) {
    auto found = map.find(id);
    return found != map.end() && settled(found->second);
}

template <class Map>
void evict_from(Map& map) {
    std::erase_if(map, [](const auto& item) { return settled(item.second); });
}

}  // namespace

void evict_settled(State& state, Instant now) {
    evict_from(state.sessions);
    evict_from(state.handovers);
    evict_from(state.overrides);
    evict_from(state.loans);
    evict_from(state.alerts);
    state.reconciliations.clear();
    state.discrepancies.clear();
    state.uses.clear();
    auto held = held_requests(state);
    std::erase_if(state.requests,
                  [&](const auto& item) { return settled(item.second, held, now); });
    std::erase_if(state.inventories,
                  [&](const auto& item) { return !is_kept(state.counting, item.first); });
}

bool can_settle(std::string_view kind) {
    constexpr std::array<std::string_view, 10> kKinds{
        "session",  "request",        "use",         "loan",     "alert", "handover",
        "override", "reconciliation", "discrepancy", "inventory"};
    return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

bool is_settled(const State& state, const Key& key, const std::set<RequestId>& held, Instant now) {
    const auto& [kind, id] = key;
    if (kind == "session") return settled_in(state.sessions, SessionId(id));
    if (kind == "use") return state.uses.contains(id);
    if (kind == "loan") return settled_in(state.loans, SessionId(id));
    if (kind == "alert") return settled_in(state.alerts, id);
    if (kind == "handover") return settled_in(state.handovers, id);
    if (kind == "override") return settled_in(state.overrides, id);
    if (kind == "reconciliation") return state.reconciliations.contains(id);
    if (kind == "discrepancy") return state.discrepancies.contains(id);
    if (kind == "inventory") return state.inventories.contains(id) && !is_kept(state.counting, id);
    if (kind != "request") return false;
    const auto* request = state.request(RequestId(id));
    return request != nullptr && settled(*request, held, now);
}

void drop_row(State& state, const Key& key) {
    const auto& [kind, id] = key;
    if (kind == "session") state.sessions.erase(SessionId(id));
    if (kind == "request") state.requests.erase(RequestId(id));
    if (kind == "use") state.uses.erase(id);
    if (kind == "loan") state.loans.erase(SessionId(id));
    if (kind == "alert") state.alerts.erase(id);
    if (kind == "handover") state.handovers.erase(id);
    if (kind == "override") state.overrides.erase(id);
    if (kind == "reconciliation") state.reconciliations.erase(id);
    if (kind == "discrepancy") state.discrepancies.erase(id);
    if (kind == "inventory") state.inventories.erase(id);
}

// Of which kind a `data.id` is, the type alone would tell; asking for all of them cannot miss one.
std::vector<Key> rows_named_by(const Event& event) {
    std::vector<Key> keys;
    auto add = [&](const char* kind, const std::string& id) {
        if (!id.empty()) keys.emplace_back(kind, id);
    };
    add("session", event.session.str());
    add("request", event.request.str());
    for (const auto& id : event.data.texts_or("requests"))
        add("request", id);
    if (const auto* id = event.data.find("id"); id != nullptr && id->string() != nullptr)
        for (const char* kind :
             {"use", "alert", "handover", "override", "inventory", "reconciliation"})
            add(kind, *id->string());
    add("inventory", event.data.text_or("recount_of"));
    if (event.type == EventType::discrepancy_explained)
        add("discrepancy",
            discrepancy_id(event.data.text_or("source"), event.data.text_or("external_id"),
                           event.data.text_or("seal")));
    return keys;
}

// What a visit or a loan stood on is live for another time when it ends.
std::vector<Key> rows_behind(const State& state, const Event& event) {
    std::vector<Key> keys;
    auto add = [&](const std::vector<RequestId>& requests) {
        for (const auto& id : requests)
            keys.emplace_back("request", id.str());
    };
    if (const auto* session = state.session(event.session)) add(session->requests);
    const auto* seal = state.seal(event.seal);
    if (seal == nullptr || !seal->loan) return keys;
    add(seal->loan->requests);
    keys.emplace_back("loan", seal->loan->session.str());
    return keys;
}

}  // namespace seals::rules
