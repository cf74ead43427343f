// LinkSums: two sets of links compared without holding either: per block the sum of a hash of each,
// keyed at random so that nobody can aim at a sum. Inside this room only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/entry.hpp"

namespace seals::ledger {

class LinkSums {
  public:
    LinkSums();

    void expect(const Recorded& recorded);
    void found(std::int64_t by, std::string_view id, std::uint64_t seq);
    // The first of `blocks` blocks whose links differ, or one past the last when there are others.
    std::optional<std::uint64_t> first_difference(std::uint64_t blocks) const;

  private:
    struct Sum {
        std::uint64_t expected = 0;
        std::uint64_t found = 0;
    };
    std::uint64_t hash(std::int64_t by, std::string_view id, std::uint64_t seq) const;
    Sum& sum_of(std::uint64_t seq);

    std::uint64_t key_ = 0;
    std::vector<Sum> sums_;
    bool stray_ = false;  // a link to no possible entry
};

}  // namespace seals::ledger
