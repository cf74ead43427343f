// Factors: what a person gives to show who he is, checked on a worker before the decision. One
// attempt per person is in flight at a time, so that no parallel guessing outruns the lock-out;
// of a locked-out person nothing is checked at all. Loop thread only.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "loop/worker.hpp"

namespace seals::engine {

struct GivenFactor {
    std::string kind;   // pin
    std::string value;  // never logged, never kept
};

class Factors {
  public:
    Factors(loop::Loop& loop, Engine& engine) : engine_(engine), worker_(loop, "factors") {}

    // `then` gets what was found and must call its second argument once its decision is recorded:
    // until then the person's next attempt waits.
    using Then = std::function<void(std::vector<rules::FactorChecked>, std::function<void()>)>;
    void check(const PersonId& person, std::vector<GivenFactor> given, Then then);

    // Hashes a new PIN on the worker.
    void hash(std::string pin, std::function<void(Result<std::string>)> then);

  private:
    struct Attempt {
        std::vector<GivenFactor> given;
        Then then;
    };
    void next(const PersonId& person);

    Engine& engine_;
    std::map<PersonId, std::deque<Attempt>> attempts_;  // front: in flight
    loop::Worker worker_;
};

}  // namespace seals::engine
