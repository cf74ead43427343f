#include "engine/schedule.hpp"

#include <algorithm>
#include <utility>

#include <sys/statvfs.h>

#include "base/log.hpp"
#include "leaf/canonical.hpp"
#include "leaf/hash.hpp"

namespace seals::engine {
namespace {

// What the reader says of the seal that lives there: another one's tag proves nothing of it.
std::string_view reading_of(const rules::TagReading& reading, const SealId& seal) {
    constexpr std::string_view kNames[] = {"absent", "authentic", "failed", "foreign",
                                           "unreadable"};
    bool other = reading.kind == rules::TagReading::Kind::authentic && reading.seal != seal;
    return other ? "wrong_seal" : kNames[static_cast<std::size_t>(reading.kind)];
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

// One at a time: a digest is made against the full leaf before it, so that one must be durable. A
// digest that comes while another is made is left out, a full one waits.
void Schedule::record_state(bool full) {
    if (recording_) {
        full_waits_ = full_waits_ || full;
        return;
    }
    recording_ = true;
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

// One object for every seal that has a slot here: counter, custody, door and reading. A digest leaf
// names only the seals whose object differs from the one in the last full leaf, and the hash of the
// whole list; a seal whose slot is gone is named with neither door nor reading.
void Schedule::finish_state(const std::shared_ptr<Seen>& seen) {
    Value::Array all, deviations;
    std::map<SealId, Value> now;
    for (const auto& [id, seal] : engine_.state().seals) {
        if (seal.slot.empty()) {
            if (last_full_.contains(id)) deviations.push_back(item_of(seal, *seen));
            continue;
        }
        auto item = item_of(seal, *seen);
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
    add_doubts(data);
    auto done = [this, full = seen->full, now = std::move(now)](const Outcome& outcome) {
        if (outcome.error)
            log(Priority::warning, "schedule", "the state of the seals was not recorded",
                {{"why", outcome.error->detail}});
        if (full && !outcome.error) last_full_ = now;
        recording_ = false;
        if (std::exchange(full_waits_, false)) record_state(true);
    };
    engine_.submit({rules::RecordState{std::move(data)}, device_actor(), std::move(done)});
}

Value Schedule::item_of(const rules::Seal& seal, const Seen& seen) {
    const auto& slots = engine_.state().slots;
    auto slot = slots.find(seal.slot);
    auto reading = seen.readings.find(seal.slot);
    Value item{Value::Object{}};
    item.add("seal", seal.id.str());
    item.add("sn", static_cast<std::int64_t>(counters_[seal.id]));
    item.add("custody", seals::name_of(seal.custody));
    if (seal.slot.empty()) {
        item.add("door", "none");
        item.add("reading", "none");
        return item;
    }
    item.add("door", slot != slots.end() && slot->second.open ? "open" : "shut");
    item.add("reading", reading != seen.readings.end() ? reading_of(reading->second, seal.id)
                                                       : std::string_view{"unreadable"});
    return item;
}

// What makes the watch itself worth less: said only where it is so.
void Schedule::add_doubts(Value& data) const {
    Value::Array silent;
    for (const auto& [id, device] : engine_.state().devices)
        silent.emplace_back(id);
    if (!silent.empty()) data.add("silent", std::move(silent));
    if (!engine_.moment().trusted) data.add("clock", "untrusted");
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

// The device's own test of its ledger, with what it found: in the ledger, too.
void Schedule::verify() {
    verifier_.run([this](const Result<Verification>& result) {
        if (!result)
            return log(Priority::warning, "verifier", "no result",
                       {{"why", result.error().detail}});
        rules::SelfTested fact{"ledger",
                               result->ok,
                               static_cast<std::int64_t>(result->size),
                               to_hex(result->root),
                               static_cast<std::int64_t>(result->first_bad),
                               result->reason};
        engine_.submit({std::move(fact), device_actor(), [](const Outcome& outcome) {
                            if (outcome.error)
                                log(Priority::warning, "schedule", "a self-test was not recorded",
                                    {{"why", outcome.error->detail}});
                        }});
    });
}

}  // namespace seals::engine
