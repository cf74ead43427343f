#include "engine/count.hpp"

#include <array>
#include <cstdio>

#include "engine/random.hpp"
#include "rules/inventory.hpp"
#include "rules/row.hpp"

namespace seals::engine {
namespace {

// In order of time, so that a list by id is a history; unique within a moment by chance.
std::string fresh_id(Instant now) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "I%011llx", static_cast<unsigned long long>(now.ms));
    return text.data() + random_hex(3);
}

}  // namespace

struct Count::Run {
    CountAsk ask;
    rules::InventoryTaken fact;
    std::size_t missing = 0;  // slots not yet read
    std::int64_t started = 0;
};

void Count::run(CountAsk ask) {
    auto run = std::make_shared<Run>();
    run->fact.id = fresh_id(engine_.moment().now);
    run->fact.idempotency = ask.idempotency;
    run->fact.wanted = ask.wanted;
    run->ask = std::move(ask);
    if (run->ask.acting) return start(run);
    read(run, rules::slots_to_count(engine_.state(), run->fact.wanted, engine_.moment().now));
}

void Count::start(const std::shared_ptr<Run>& run) {
    engine_.submit({rules::StartInventory{run->fact.id, *run->ask.acting, run->fact.wanted,
                                          run->fact.idempotency},
                    run->ask.actor, [this, run](const Outcome& outcome) {
                        if (outcome.error) return run->ask.done(outcome);
                        for (const auto& entry : outcome.events)
                            if (entry.event.type == EventType::inventory_started)
                                return read(
                                    run, rules::ids_of<SlotId>(entry.event.data.texts_or("slots")));
                    }});
}

void Count::read(const std::shared_ptr<Run>& run, const std::vector<SlotId>& slots) {
    if (run->ask.begun) run->ask.begun();
    run->started = engine_.moment().mono_ms;
    run->missing = slots.size();
    for (const auto& slot : slots)
        run->fact.readings.emplace_back(slot, rules::TagReading{});
    if (slots.empty()) return finish(run);
    for (std::size_t i = 0; i < slots.size(); ++i)
        cabinet_.read(slots[i],
                      [this, run, i, began = engine_.moment().now](rules::TagReading reading) {
                          reading.at = began;
                          take(run, i, std::move(reading));
                      });
}

void Count::take(const std::shared_ptr<Run>& run, std::size_t i, rules::TagReading reading) {
    auto& [slot, kept] = run->fact.readings[i];
    kept = std::move(reading);
    --run->missing;
    if (run->ask.step) {
        auto all = run->fact.readings.size();
        run->ask.step({rules::count_slot(engine_.state(), slot, kept, engine_.moment().now),
                       all - run->missing, all});
    }
    if (run->missing == 0) finish(run);
}

void Count::finish(const std::shared_ptr<Run>& run) {
    run->fact.duration = milliseconds{engine_.moment().mono_ms - run->started};
    engine_.submit({std::move(run->fact), run->ask.actor, run->ask.done});
}

}  // namespace seals::engine
