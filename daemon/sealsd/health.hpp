// Health: what GET /v1/status says. Loop thread; borrows everything, owns nothing.
#pragma once

#include <string>

#include "device_cabinet.hpp"
#include "engine/ballast.hpp"
#include "engine/engine.hpp"
#include "engine/search_index.hpp"
#include "wire/status.hpp"

namespace seals::sealsd {

class Health {
  public:
    Health(engine::Engine& engine, DeviceCabinet& cabinet, engine::SearchIndex& search,
           engine::Ballast& ballast, bool simulated);
    wire::StatusReply report() const;

  private:
    wire::StatusCounts counts() const;
    wire::PartStatus ledger() const;
    wire::PartStatus clock() const;
    wire::PartStatus locks() const;
    wire::PartStatus readers() const;
    wire::PartStatus search() const;
    wire::PartStatus disk() const;
    wire::PartStatus seals() const;

    engine::Engine& engine_;
    DeviceCabinet& cabinet_;
    engine::SearchIndex& search_;
    engine::Ballast& ballast_;
    bool simulated_;
    std::int64_t started_ms_;
};

}  // namespace seals::sealsd
