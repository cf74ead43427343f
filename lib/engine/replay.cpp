#include "engine/replay.hpp"

#include "rules/evolve.hpp"
#include "rules/row.hpp"

namespace seals::engine {

void Replay::take(const ledger::Recorded& entry) {
    rules::evolve(state_, entry.event);
    for (const auto& key : state_.touched)
        touched_[key] = entry.at;
    state_.touched.clear();
}

std::vector<ledger::Row> Replay::rows() const {
    std::vector<ledger::Row> rows;
    rows.reserve(touched_.size());
    for (const auto& [key, at] : touched_) {
        auto view = rules::row_view(state_, key, at);
        rows.push_back({key.first, key.second, view.live, std::move(view.body), view.until});
    }
    return rows;
}

}  // namespace seals::engine
