// Health: what GET /v1/status says of the parts, in words of the asker's language. Looks at them
// every second, so that it can tell since when one is at fault. Loop thread; borrows everything.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "device_cabinet.hpp"
#include "engine/ballast.hpp"
#include "engine/engine.hpp"
#include "engine/search_index.hpp"
#include "engine/signer.hpp"
#include "wire/status.hpp"
#include "words/texts.hpp"

namespace seals::sealsd {

class Health {
  public:
    Health(loop::Loop& loop, engine::Engine& engine, DeviceCabinet& cabinet,
           engine::SearchIndex& search, engine::Ballast& ballast, engine::Signer& signer,
           bool simulated);
    wire::StatusReply report(Language language);

  private:
    // A part as it is now: the key of its text, and what is filled in.
    struct Finding {
        std::string part, state, text;
        std::vector<std::string> args{};
        std::optional<Instant> since{};  // where the ledger knows it
    };
    std::vector<Finding> findings() const;
    void look();  // what has changed since the last look
    wire::PartStatus told(const Finding& finding, Language language) const;
    Finding ledger() const;
    Finding clock() const;
    Finding locks() const;
    Finding readers() const;
    Finding search() const;
    Finding disk() const;
    Finding files() const;
    Finding seals() const;
    Finding inventory() const;
    Finding outbox() const;
    Finding evidence() const;

    engine::Engine& engine_;
    DeviceCabinet& cabinet_;
    engine::SearchIndex& search_;
    engine::Ballast& ballast_;
    engine::Signer& signer_;
    bool simulated_;
    std::int64_t started_ms_;
    struct Seen {
        std::string state;
        Instant since;
    };
    std::map<std::string, Seen> seen_;  // by part
    loop::Timer looks_;
};

}  // namespace seals::sealsd
