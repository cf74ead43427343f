#include "engine/schedule.hpp"

#include <algorithm>

#include <sys/statvfs.h>

#include "base/log.hpp"
#include "leaf/canonical.hpp"
#include "leaf/hash.hpp"

namespace seals::engine {
namespace {

std::string_view name_of(rules::TagReading::Kind kind) {
    constexpr std::string_view kNames[] = {"absent", "authentic", "failed", "foreign",
                                           "unreadable"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string digest_of(const Value& seals) {
    auto bytes = leaf::encode_value(seals);
    leaf::Hasher hasher;
    return bytes ? to_hex(hasher.sha256(*bytes)) : std::string();
}

}  // namespace

struct Schedule::Seen {
    bool full = true;
    std::map<SlotId, rules::TagReading> readings;
    std::size_t missing = 0;
};

Schedule::Schedule(loop::Loop& loop, Engine& engine, Cabinet& cabinet, Ballast& ballast,
                   Verifier& verifier, ScheduleTimes times)
    : loop_(loop),
      engine_(engine),
      cabinet_(cabinet),
      ballast_(ballast),
      verifier_(verifier),
      override_count_(times.override_count),
      patience_(times.silence) {
    if (auto heads = engine_.store().reader().heads())
        for (const auto& head : *heads)
            counters_[SealId(head.seal)] = head.sn;
    timers_.push_back(loop_.after(times.first_state, [this] {
        record_state(true);
        for (const auto& [id, override] : engine_.state().overrides)
            if (!override.counted) count_later();
    }));
    timers_.push_back(loop_.every(times.full, [this] { record_state(true); }));
    timers_.push_back(loop_.every(times.digest, [this] { record_state(false); }));
    timers_.push_back(loop_.every(times.clock, [this] { check_clock(); }));
    timers_.push_back(loop_.every(times.watch, [this] { watch(); }));
    timers_.push_back(loop_.every(times.housekeeping, [this] { housekeep(); }));
    timers_.push_back(loop_.after(times.first_verify, [this] { verify(); }));
    timers_.push_back(loop_.every(times.full, [this] { verify(); }));
}

void Schedule::recorded(const std::vector<ledger::Recorded>& entries) {
    for (const auto& entry : entries) {
        if (!entry.event.seal.empty()) counters_[entry.event.seal] = entry.sn;
        if (entry.event.type == EventType::override_mechanical) count_later();
    }
}

// Several at once are one count.
void Schedule::count_later() {
    if (!count_ || counting_) return;
    counting_ = loop_.after(override_count_, [this] {
        counting_ = {};
        count_();
    });
}

void Schedule::record_state(bool full) {
    auto seen = std::make_shared<Seen>();
    seen->full = full || last_full_.empty();
    std::vector<SlotId> slots;
    for (const auto& [id, seal] : engine_.state().seals)
        if (!seal.slot.empty()) slots.push_back(seal.slot);
    seen->missing = slots.size();
    if (slots.empty()) return finish_state(seen);
    for (const auto& slot : slots)
        cabinet_.read(slot, [this, seen, slot](rules::TagReading reading) {
            seen->readings[slot] = std::move(reading);
            if (--seen->missing == 0) finish_state(seen);
        });
}

// One object per seal: counter, custody, door and reading. A digest leaf names only the seals whose
// object differs from the one in the last full leaf, and the hash of the whole list.
void Schedule::finish_state(const std::shared_ptr<Seen>& seen) {
    const auto& state = engine_.state();
    Value::Array all, deviations;
    std::map<SealId, Value> now;
    for (const auto& [id, seal] : state.seals) {
        if (seal.slot.empty()) continue;
        auto slot = state.slots.find(seal.slot);
        Value item{Value::Object{}};
        item.add("seal", id.str());
        item.add("sn", static_cast<std::int64_t>(counters_[id]));
        item.add("custody", seals::name_of(seal.custody));
        item.add("door", slot != state.slots.end() && slot->second.open ? "open" : "shut");
        item.add("reading", name_of(seen->readings[seal.slot].kind));
        auto last = last_full_.find(id);
        if (last == last_full_.end() || !(last->second == item)) deviations.push_back(item);
        all.push_back(item);
        now[id] = std::move(item);
    }
    Value data{Value::Object{}};
    data.add("full", seen->full);
    if (seen->full) {
        data.add("seals", std::move(all));
    } else {
        data.add("digest", digest_of(Value{all}));
        data.add("deviations", std::move(deviations));
    }
    auto done = [this, full = seen->full, now = std::move(now)](const Outcome& outcome) {
        if (full && !outcome.error) last_full_ = now;
    };
    engine_.submit({rules::RecordState{std::move(data)}, device_actor(), std::move(done)});
}

void Schedule::check_clock() {
    auto by = engine_.time().step();
    if (!by) return;
    log(Priority::warning, "clock", "the clock stepped", {{"by_ms", std::to_string(by->count())}});
    engine_.observe(rules::ClockStepped{by->count()});
}

void Schedule::watch() {
    if (devices_) watch_devices();
    struct statvfs disk {};
    constexpr std::uint64_t kMost = (std::uint64_t{1} << 53) - 1;  // that a leaf can say
    if (::statvfs(engine_.store().path().c_str(), &disk) == 0) {
        auto free = std::min<std::uint64_t>(disk.f_bavail * disk.f_frsize, kMost);
        engine_.observe(rules::DiskSeen{static_cast<std::int64_t>(free)});
    }
    engine_.observe(rules::TimePassed{});
}

void Schedule::watch_devices() {
    rules::DevicesSeen seen;
    auto now = engine_.moment().mono_ms;
    for (const auto& [device, answers] : devices_()) {
        if (answers) silent_since_.erase(device);
        auto since = answers ? now : silent_since_.try_emplace(device, now).first->second;
        seen.devices.emplace_back(device, answers || now - since < patience_.count());
    }
    engine_.observe(std::move(seen));
}

void Schedule::housekeep() {
    engine_.evict();
    if (auto status = ballast_.take(); !status)
        log(Priority::warning, "engine", "no ballast", {{"why", status.error().detail}});
}

void Schedule::verify() {
    verifier_.run([](const Result<Verification>& result) {
        if (!result)
            log(Priority::warning, "verifier", "no result", {{"why", result.error().detail}});
    });
}

}  // namespace seals::engine
