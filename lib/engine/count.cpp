#include "engine/count.hpp"

#include <algorithm>

#include "engine/random.hpp"

namespace seals::engine {

struct Count::Run {
    Actor actor;
    rules::InventoryTaken fact;
    std::size_t missing = 0;  // slots not yet read
    std::int64_t started = 0;
    Done done;
};

void Count::run(Actor actor, rules::Idempotency idempotency, Done done) {
    auto run = std::make_shared<Run>();
    run->actor = std::move(actor);
    run->done = std::move(done);
    run->fact.id = "I" + random_hex(6);
    run->fact.idempotency = std::move(idempotency);
    run->started = engine_.moment().mono_ms;
    for (const auto& [id, slot] : engine_.state().slots)
        run->fact.readings.emplace_back(id, rules::TagReading{});
    std::sort(run->fact.readings.begin(), run->fact.readings.end(),
              [](const auto& a, const auto& b) {
                  const auto &x = a.first.str(), &y = b.first.str();
                  return x.size() != y.size() ? x.size() < y.size() : x < y;  // 2 before 10
              });
    run->missing = run->fact.readings.size();
    if (run->missing == 0) return finish(run);
    for (std::size_t i = 0; i < run->fact.readings.size(); ++i)
        cabinet_.read(run->fact.readings[i].first,
                      [this, run, i, began = engine_.moment().now](rules::TagReading reading) {
                          reading.at = began;
                          run->fact.readings[i].second = std::move(reading);
                          if (--run->missing == 0) finish(run);
                      });
}

void Count::finish(const std::shared_ptr<Run>& run) {
    run->fact.duration = milliseconds{engine_.moment().mono_ms - run->started};
    engine_.submit({std::move(run->fact), run->actor, run->done});
}

}  // namespace seals::engine
