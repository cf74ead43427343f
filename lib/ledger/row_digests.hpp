// RowDigests: rows of the views known by a digest each, so that a replay of years need not hold
// them. Keyed at random: nobody can make a row for a digest that is here. One thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "leaf/hash.hpp"
#include "ledger/recent.hpp"

namespace seals::ledger {

class RowDigests {
  public:
    RowDigests();

    void add(const RowKey& key, const KeptRow& row);
    void drop(const RowKey& key) { digests_.erase(name_of(key)); }
    bool has(const RowKey& key) const { return digests_.contains(name_of(key)); }
    bool has(const RowKey& key, const KeptRow& row);  // and it is that row
    std::size_t size() const { return digests_.size(); }

  private:
    using Digest = std::array<std::uint8_t, 16>;
    std::uint64_t name_of(const RowKey& key) const;
    Digest digest_of(const RowKey& key, const KeptRow& row);

    std::array<std::uint64_t, 2> secret_{};
    leaf::Hasher hasher_;
    Bytes buffer_;
    std::unordered_map<std::uint64_t, Digest> digests_;
};

}  // namespace seals::ledger
