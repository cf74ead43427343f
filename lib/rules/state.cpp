#include "rules/state.hpp"

#include <algorithm>

namespace seals::rules {
namespace {

template <class Map, class Key>
auto find_in(const Map& map, const Key& key) -> const typename Map::mapped_type* {
    auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

template <class Map, class Test>
auto find_where(const Map& map, Test test) -> const typename Map::mapped_type* {
    auto found =
        std::find_if(map.begin(), map.end(), [&](const auto& item) { return test(item.second); });
    return found == map.end() ? nullptr : &found->second;
}

template <class Items, class Test>
std::size_t count_where(const Items& items, Test test) {
    return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), test));
}

}  // namespace

bool Seal::kept_by(const PersonId& person) const {
    return std::find(custodians.begin(), custodians.end(), person) != custodians.end();
}

std::size_t Inventory::discrepancies() const {
    return count_where(items, [](const auto& item) { return is_discrepancy(item.verdict); });
}

std::size_t Inventory::mismatches() const {
    return count_where(items,
                       [](const auto& item) { return item.result && is_mismatch(*item.result); });
}

bool Inventory::counts(const SealId& seal) const {
    return std::any_of(items.begin(), items.end(),
                       [&](const auto& item) { return item.seal == seal; });
}

bool Inventory::proves(const SealId& seal) const {
    return std::any_of(items.begin(), items.end(), [&](const auto& item) {
        return item.seal == seal && item.verdict == Verdict::present && !item.busy &&
               (!blind || item.result == BlindResult::agrees);
    });
}

bool Alert::same_subject(const Alert& other) const {
    return type == other.type && seal == other.seal && slot == other.slot &&
           person == other.person && about == other.about;
}

const Person* State::person(const PersonId& id) const {
    return find_in(persons, id);
}
const Seal* State::seal(const SealId& id) const {
    return find_in(seals, id);
}
const Request* State::request(const RequestId& id) const {
    return find_in(requests, id);
}
const Session* State::session(const SessionId& id) const {
    return find_in(sessions, id);
}
const Inventory* State::inventory(const std::string& id) const {
    return find_in(inventories, id);
}

const Handover* State::handover(const std::string& id) const {
    return find_in(handovers, id);
}

const Handover* State::open_handover_of(const SealId& seal) const {
    return find_where(handovers, [&](const Handover& handover) {
        return handover.open() && std::find(handover.seals.begin(), handover.seals.end(), seal) !=
                                      handover.seals.end();
    });
}

const Alert* State::alert(const std::string& id) const {
    return find_in(alerts, id);
}

const Alert* State::alert_like(const Alert& like) const {
    return find_where(alerts, [&](const Alert& alert) {
        return alert.state != AlertState::closed && alert.same_subject(like);
    });
}

const Seal* State::seal_at(const SlotId& slot) const {
    if (slot.empty()) return nullptr;
    return find_where(seals, [&](const Seal& seal) { return seal.slot == slot; });
}

const Seal* State::seal_with_uid(const std::string& uid) const {
    if (uid.empty()) return nullptr;
    return find_where(seals, [&](const Seal& seal) { return seal.uid == uid; });
}

const Session* State::live_session_of(const PersonId& person) const {
    return find_where(sessions, [&](const Session& session) {
        return session.person == person && is_live(session.stage);
    });
}

// No id holds a slash.
std::string discrepancy_id(std::string_view source, std::string_view external_id,
                           std::string_view seal) {
    std::string id(source);
    id.append("/").append(external_id).append("/").append(seal);
    return id;
}

bool is_live(Stage stage) {
    return stage != Stage::closed;
}

std::string_view name_of(Stage stage) {
    constexpr std::string_view kNames[] = {"promised", "unlocked", "open",
                                           "shut",     "unknown",  "closed"};
    return kNames[static_cast<std::size_t>(stage)];
}

}  // namespace seals::rules
