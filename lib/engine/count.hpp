// Count: an inventory. A person's begins with what he is and says, recorded; then every slot that
// is to be counted is read, and the verdicts are recorded as one event. Two counts at once are two
// events. Loop thread only.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/cabinet.hpp"
#include "engine/engine.hpp"

namespace seals::engine {

// One slot as it is read: nothing is recorded of it yet.
struct CountStep {
    rules::CountedSlot item;
    std::size_t read = 0, slots = 0;  // so many have been read, of how many
};

struct CountAsk {
    Actor actor;
    rules::CountWanted wanted{};
    std::optional<rules::Acting> acting{};  // of a person's count
    rules::Idempotency idempotency{};
    std::function<void()> begun{};  // who counts, and what he entered, is recorded
    std::function<void(const CountStep&)> step{};
    Done done{};  // gets the outcome of the recording, or of the refusal
};

class Count {
  public:
    Count(Engine& engine, Cabinet& cabinet) : engine_(engine), cabinet_(cabinet) {}

    void run(CountAsk ask);

  private:
    struct Run;
    void start(const std::shared_ptr<Run>& run);
    void read(const std::shared_ptr<Run>& run, const std::vector<SlotId>& slots);
    void take(const std::shared_ptr<Run>& run, std::size_t i, rules::TagReading reading);
    void finish(const std::shared_ptr<Run>& run);

    Engine& engine_;
    Cabinet& cabinet_;
};

}  // namespace seals::engine
