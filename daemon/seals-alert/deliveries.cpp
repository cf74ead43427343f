#include "deliveries.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "base/text.hpp"
#include "delivery/pace.hpp"

namespace seals::alertd {
namespace {

using std::chrono::steady_clock;

void tell(const Status& status) {
    if (!status) log(Priority::error, "alert", status.error().detail);
}

}  // namespace

Deliveries::Deliveries(loop::Loop& loop, const Options& options, Receipts& receipts)
    : loop_(loop),
      options_(options),
      receipts_(receipts),
      read_to_(receipts.cursor()),
      first_run_(receipts.fresh()) {}

// At the first start the ledger may be full of what was dealt with long ago.
bool Deliveries::is_too_old(const Cabinet& cabinet, const Notice& notice) {
    if (!first_run_) return false;
    if (!oldest_) oldest_ = cabinet.now - options_.since;
    return notice.time < *oldest_;
}

void Deliveries::take(const Cabinet& cabinet, const std::vector<Notice>& notices) {
    auto hooks = delivery::hooks_in(options_.hooks);
    bool none = !hooks || hooks->empty();
    if (none && !no_hooks_told_)
        log(Priority::warning, "alert", "nobody is told of alerts: no hook in " + options_.hooks,
            {{"why", hooks ? "" : hooks.error().detail}});
    no_hooks_told_ = none;
    for (const auto& notice : notices) {
        read_to_ = std::max(read_to_, notice.seq);
        if (none || is_too_old(cabinet, notice)) continue;
        auto shared = std::make_shared<const Notice>(notice);
        for (const auto& hook : *hooks)
            if (!receipts_.has(notice.seq, hook)) add(shared, hook);
    }
    start_due();
    settle();
}

void Deliveries::add(const std::shared_ptr<const Notice>& notice, const std::string& hook) {
    auto now = steady_clock::now();
    waiting_.push_back({notice, hook, now, now});
    limit(hook);
}

// A hook that never takes anything must not fill the memory.
void Deliveries::limit(const std::string& hook) {
    auto is_its = [&](const Delivery& one) { return one.hook == hook; };
    auto count = std::count_if(waiting_.begin(), waiting_.end(), is_its);
    if (static_cast<std::size_t>(count) <= kMostWaiting) return;
    auto oldest = std::find_if(waiting_.begin(), waiting_.end(),
                               [&](const Delivery& one) { return is_its(one) && !one.running; });
    if (oldest != waiting_.end()) finish(oldest, "too many wait", milliseconds{0});
}

bool Deliveries::busy(const std::string& hook) const {
    return std::any_of(waiting_.begin(), waiting_.end(), [&](const Delivery& one) {
        return one.hook == hook && one.running != nullptr;
    });
}

// What is due, oldest alert first; then a timer for the next.
void Deliveries::start_due() {
    auto now = steady_clock::now();
    auto running = static_cast<std::size_t>(
        std::count_if(waiting_.begin(), waiting_.end(),
                      [](const Delivery& one) { return one.running != nullptr; }));
    std::optional<Time> next;
    for (auto at = waiting_.begin(); at != waiting_.end();) {
        auto delivery = at++;
        if (delivery->running) continue;
        if (delivery->due > now) {
            next = next ? std::min(*next, delivery->due) : delivery->due;
            continue;
        }
        if (running >= kMostRunning || busy(delivery->hook)) continue;  // its end brings us back
        ++running;
        start(delivery);
    }
    if (!next) return;
    auto wait = std::chrono::ceil<milliseconds>(*next - now);
    next_ = loop_.after(wait, [this] {
        start_due();
        settle();
    });
}

void Deliveries::start(Place delivery) {
    ++delivery->attempts;
    auto path = options_.hooks + "/" + delivery->hook;
    auto hook = Hook::start(loop_, {path, delivery->notice->json, options_.timeout});
    if (hook) {
        delivery->running = std::move(*hook);
        return;
    }
    if (hook.error().code == Code::not_found) return finish(delivery, "gone", milliseconds{0});
    Hook::End end;
    end.outcome = hook.error().detail;
    ended(delivery, end);
}

void Deliveries::reap() {
    for (auto at = waiting_.begin(); at != waiting_.end();) {
        auto delivery = at++;
        if (!delivery->running) continue;
        auto end = delivery->running->end();
        if (!end) continue;
        delivery->running.reset();
        ended(delivery, *end);
    }
    start_due();
    settle();
}

void Deliveries::ended(Place delivery, const Hook::End& end) {
    if (end.ok) return finish(delivery, "ok", end.took);
    auto attempt = std::to_string(delivery->attempts);
    auto said = std::string(trimmed(end.said));
    log(Priority::warning, "alert", "a hook failed",
        {{"hook", delivery->hook},
         {"alert", delivery->notice->alert},
         {"outcome", end.outcome},
         {"attempt", attempt},
         {"said", said}});
    auto now = steady_clock::now();
    if (now - delivery->first >= options_.give_up)
        return finish(delivery, "given up: " + end.outcome, end.took);
    delivery->due = now + delivery::wait_after(delivery->attempts, options_.retry);
}

void Deliveries::finish(Place delivery, const std::string& outcome, milliseconds took) {
    const auto& notice = *delivery->notice;
    Value receipt{Value::Object{}};
    receipt.add("seq", static_cast<std::int64_t>(notice.seq));
    receipt.add("alert", notice.alert);
    receipt.add("type", notice.type);
    receipt.add("hook", delivery->hook);
    receipt.add("outcome", outcome);
    receipt.add("attempts", delivery->attempts);
    receipt.add("took_ms", took.count());
    auto now = std::chrono::system_clock::now().time_since_epoch();
    receipt.add("time", to_rfc3339({std::chrono::duration_cast<milliseconds>(now).count()}));
    tell(receipts_.add(notice.seq, delivery->hook, receipt));
    if (outcome != "ok")
        log(Priority::error, "alert", "an alert was not delivered",
            {{"hook", delivery->hook}, {"alert", notice.alert}, {"outcome", outcome}});
    waiting_.erase(delivery);
}

// Everything before the first one that waits is done.
void Deliveries::settle() {
    auto done = read_to_;
    for (const auto& one : waiting_)
        done = std::min(done, one.notice->seq - 1);
    if (done > receipts_.cursor()) tell(receipts_.advance(done));
}

}  // namespace seals::alertd
