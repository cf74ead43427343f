// Count: an inventory. Reads every slot, then records the verdicts as one event. Loop thread only.
#pragma once

#include <functional>
#include <memory>

#include "engine/cabinet.hpp"
#include "engine/engine.hpp"

namespace seals::engine {

class Count {
  public:
    Count(Engine& engine, Cabinet& cabinet) : engine_(engine), cabinet_(cabinet) {}

    // `done` gets the outcome of the recording; two counts at once are two events.
    void run(Actor actor, rules::Idempotency idempotency, Done done);

  private:
    struct Run;
    void finish(const std::shared_ptr<Run>& run);

    Engine& engine_;
    Cabinet& cabinet_;
};

}  // namespace seals::engine
