// Teller: tells sealsd what became of a result, from a worker that may wait for it. Loop thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "base/value.hpp"
#include "loop/worker.hpp"

namespace seals::outboxd {

class Teller {
  public:
    Teller(loop::Loop& loop, const std::string& socket);
    ~Teller();  // leaves the worker behind, which may be waiting

    using Done = std::function<void(const Status&)>;
    void reported(const std::string& request, std::int64_t revision, const std::string& receipt,
                  std::int64_t attempts, Done done);
    void failed(const std::string& request, std::int64_t revision, const std::string& reason,
                std::int64_t attempts, bool dead, Done done);

  private:
    struct Line;  // the worker's
    void post(std::string path, Value body, Done done);

    std::shared_ptr<Line> line_;
    std::unique_ptr<loop::Worker> worker_;
};

}  // namespace seals::outboxd
