// Feed: committed entries to whoever follows, in order. A subscriber is called on the loop with
// each new entry; catching up from an older one is its own affair (Store::ask). Loop thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "ledger/record.hpp"

namespace seals::engine {

class Feed;

// Unsubscribes when destroyed; outliving the feed is allowed.
class Subscription {
  public:
    Subscription() = default;
    Subscription(Subscription&&) noexcept;
    Subscription& operator=(Subscription&&) noexcept;
    ~Subscription();

  private:
    friend class Feed;
    using Calls = std::map<std::uint64_t, std::function<void(const ledger::Recorded&)>>;
    Subscription(std::weak_ptr<Calls> calls, std::uint64_t id)
        : calls_(std::move(calls)), id_(id) {}
    std::weak_ptr<Calls> calls_;
    std::uint64_t id_ = 0;
};

class Feed {
  public:
    Subscription subscribe(std::function<void(const ledger::Recorded&)> call);
    void publish(const std::vector<ledger::Recorded>& entries);

  private:
    std::shared_ptr<Subscription::Calls> calls_ = std::make_shared<Subscription::Calls>();
    std::uint64_t next_ = 1;
};

}  // namespace seals::engine
