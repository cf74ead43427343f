// Deliveries: every alert to every hook, until it took it. Hooks run side by side, each one alert
// at a time; one that fails is tried again, later and later, and holds up no other. What each
// became of is a receipt. Loop thread.
#pragma once

#include <chrono>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "delivery/hook.hpp"
#include "delivery/receipts.hpp"
#include "notice.hpp"
#include "options.hpp"

namespace seals::alertd {

using delivery::Hook;
using delivery::Receipts;

class Deliveries {
  public:
    Deliveries(loop::Loop& loop, const Options& options, Receipts& receipts);

    void take(const Cabinet& cabinet, const std::vector<Notice>& notices);
    void reap();  // a child has ended

    static constexpr std::size_t kMostWaiting = 1000;  // per hook; the oldest is given up then
    static constexpr std::size_t kMostRunning = 8;

  private:
    using Time = std::chrono::steady_clock::time_point;
    struct Delivery {
        std::shared_ptr<const Notice> notice;
        std::string hook;
        Time first, due;
        int attempts = 0;
        std::unique_ptr<Hook> running{};
    };
    using Place = std::list<Delivery>::iterator;

    bool is_too_old(const Cabinet& cabinet, const Notice& notice);
    void add(const std::shared_ptr<const Notice>& notice, const std::string& hook);
    void limit(const std::string& hook);
    void start_due();
    bool busy(const std::string& hook) const;
    void start(Place delivery);
    void ended(Place delivery, const Hook::End& end);
    void finish(Place delivery, const std::string& outcome, milliseconds took);
    void settle();

    loop::Loop& loop_;
    const Options& options_;
    Receipts& receipts_;
    std::list<Delivery> waiting_;
    std::uint64_t read_to_;
    bool first_run_;
    std::optional<Instant> oldest_;  // that the first run tells of
    loop::Timer next_;
    bool no_hooks_told_ = false;
};

}  // namespace seals::alertd
