// Receipts: what became of each thing with each taker, and up to where all is done. A line is on
// the disk before the cursor moves past it, so that after a crash what has no receipt is done
// again: at least once. Blocks for a sync; one thread.
//
// STATE/receipts.ndjson (and .1, the older half), STATE/cursor, STATE/lock.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "base/fd.hpp"
#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::delivery {

class Receipts {
  public:
    // Code::conflict: another `program` has the folder.
    static Result<Receipts> open(const std::string& dir, const std::string& program);

    bool fresh() const { return fresh_; }  // there was no cursor: the first start
    std::uint64_t cursor() const { return cursor_; }
    bool has(std::uint64_t seq, const std::string& hook) const {
        return known_.contains({seq, hook});
    }

    Status add(std::uint64_t seq, const std::string& hook, const Value& receipt);
    Status advance(std::uint64_t to);  // everything up to it has its receipts

    static constexpr std::int64_t kMostBytes = 4 << 20;  // then a new file is begun

  private:
    Receipts() = default;
    Status load();
    void read_lines(const std::string& path);
    Status begin_file();

    std::string dir_, program_;
    Fd lock_, file_;
    std::uint64_t cursor_ = 0;
    bool fresh_ = true;
    std::set<std::pair<std::uint64_t, std::string>> known_;  // after the cursor
};

}  // namespace seals::delivery
