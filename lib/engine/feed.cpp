#include "engine/feed.hpp"

namespace seals::engine {

Subscription::Subscription(Subscription&& other) noexcept
    : calls_(std::move(other.calls_)), id_(std::exchange(other.id_, 0)) {}

Subscription& Subscription::operator=(Subscription&& other) noexcept {
    std::swap(calls_, other.calls_);
    std::swap(id_, other.id_);
    return *this;
}

Subscription::~Subscription() {
    if (auto calls = calls_.lock()) calls->erase(id_);
}

Subscription Feed::subscribe(std::function<void(const ledger::Recorded&)> call) {
    auto id = next_++;
    calls_->emplace(id, std::move(call));
    return {calls_, id};
}

// A call may unsubscribe itself or others, so each is looked up again before it is made.
void Feed::publish(const std::vector<ledger::Recorded>& entries) {
    std::vector<std::uint64_t> ids;
    for (const auto& [id, call] : *calls_)
        ids.push_back(id);
    for (const auto& entry : entries)
        for (auto id : ids) {
            auto found = calls_->find(id);
            if (found == calls_->end()) continue;
            auto call = found->second;
            call(entry);
        }
}

}  // namespace seals::engine
