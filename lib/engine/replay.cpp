#include "engine/replay.hpp"

#include "rules/evolve.hpp"

namespace seals::engine {

Status Replay::take(const ledger::Recorded& entry) {
    if (shelf_ != nullptr) {
        if (auto s = fetch(rules::rows_named_by(entry.event)); !s) return s;
        if (auto s = fetch(rules::rows_behind(state_, entry.event)); !s) return s;
        if (entry.event.type == EventType::erased)
            if (auto s = fetch(requests_of(entry.event.person)); !s) return s;
    }
    rules::evolve(state_, entry.event);
    note_touched(entry.at);
    if (shelf_ == nullptr || ++since_ < every_) return {};
    since_ = 0;
    return shelve(entry.at);
}

Status Replay::fetch(const std::vector<rules::Key>& keys) {
    for (const auto& key : keys) {
        auto row = shelf_->get(key);
        if (!row) return row.error();
        if (!*row || rules::has_row(state_, key)) continue;
        rules::restore_row(state_, key.first, *(*row)->body);
        lent_.push_back(key);
    }
    return {};
}

// What the entry named and did not change is still as it stands on the shelf.
void Replay::note_touched(Instant at) {
    for (const auto& key : lent_)
        if (!state_.touched.contains(key)) rules::drop_row(state_, key);
    lent_.clear();
    for (const auto& key : state_.touched) {
        bool is_new = touched_.insert_or_assign(key, at).second;
        if (shelf_ == nullptr || !rules::can_settle(key.first)) continue;
        open_.insert(key);
        if (is_new) shelf_->forget(key);
    }
    state_.touched.clear();
}

Status Replay::shelve(Instant now) {
    if (auto status = shelf_->open(); !status) return status;
    auto held = rules::held_requests(state_);
    Status status;
    for (auto key = open_.begin(); key != open_.end() && status;) {
        bool done = rules::is_settled(state_, *key, held, now);
        if (done) status = shelve_one(*key);
        key = done ? open_.erase(key) : std::next(key);
    }
    shelf_->close();
    return status;
}

// One that the shelf does not take stays, and is not offered again before it changes.
Status Replay::shelve_one(const rules::Key& key) {
    auto at = touched_.find(key);
    auto taken = shelf_->put(row_at(key, at->second));
    if (!taken) return taken.error();
    if (!*taken) return {};
    if (const auto* request = state_.request(RequestId(key.second)); key.first == "request")
        asked_[request->applicant].push_back(request->id);
    rules::drop_row(state_, key);
    touched_.erase(at);
    return {};
}

// An erasure is about all that the person ever asked for, and names none of it.
std::vector<rules::Key> Replay::requests_of(const PersonId& person) const {
    std::vector<rules::Key> keys;
    auto found = asked_.find(person);
    if (found == asked_.end()) return keys;
    for (const auto& id : found->second)
        keys.emplace_back("request", id.str());
    return keys;
}

ledger::Row Replay::row_at(const rules::Key& key, Instant at) const {
    auto view = rules::row_view(state_, key, at);
    return {key.first, key.second, view.live, std::move(view.body), view.until};
}

std::vector<ledger::Row> Replay::rows() const {
    std::vector<ledger::Row> rows;
    rows.reserve(touched_.size());
    for (const auto& [key, at] : touched_)
        rows.push_back(row_at(key, at));
    return rows;
}

}  // namespace seals::engine
