// Gathering: how long commands wait for company before they become a batch. Clients that wait for
// their answers come back all at once after a commit; a batch that started with the first of them
// would leave the others to the next sync, and so each would wait for two. Pays only where a sync
// is slow (an SD card): elsewhere nobody waits. Pure; PostgreSQL's commit_delay is the same
// thought.
#pragma once

#include <algorithm>
#include <cstddef>

#include "base/instant.hpp"

namespace seals::engine {

class Gathering {
  public:
    // A commit of `batch` commands ended; so many others had come meanwhile.
    void committed(std::size_t batch, std::size_t waiting, milliseconds took) {
        expected_ = batch + waiting;
        took_ = took;
    }

    // How long `waiting` commands should still wait; 0: they go now.
    milliseconds patience(std::size_t waiting) const {
        if (expected_ < 2 || waiting >= expected_) return milliseconds{0};
        return std::min(took_ / 3, kMost);
    }

  private:
    static constexpr milliseconds kMost{5};

    std::size_t expected_ = 0;
    milliseconds took_{0};
};

}  // namespace seals::engine
