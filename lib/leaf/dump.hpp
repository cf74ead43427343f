// A dump: every leaf in order as its length, 4 bytes big-endian, and its bytes. Read in pieces of
// any size, in bounded memory. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "leaf/hash.hpp"
#include "leaf/tree.hpp"

namespace seals::leaf {

Bytes dump_record(ByteView leaf);

class DumpReader {
  public:
    explicit DumpReader(std::function<Status(ByteView leaf)> take) : take_(std::move(take)) {}

    // Code::invalid: a length that no leaf has; else what `take` failed with. Then it is over.
    Status add(ByteView bytes);
    // Code::invalid: the dump ends within a leaf.
    Status finish() const;

  private:
    std::function<Status(ByteView)> take_;
    Bytes waiting_;
};

// The tree of a dump, and that its leaves are what leaves must be: canonical, seq without gaps,
// each seal's chain (sn, sp) unbroken. Code::corrupt names the first seq that is not.
class DumpCheck {
  public:
    Status take(ByteView leaf);
    const Frontier& tree() const { return tree_; }
    // Root of the tree when it had so many leaves, if asked for before they came.
    void watch(std::uint64_t size) { watched_[size]; }
    std::optional<Hash> root_at(std::uint64_t size);
    Hash root() { return tree_.root(hasher_); }
    // Under which the tree had so many leaves: that of leaf 1, or of the newest rollback by then.
    const std::string& origin_at(std::uint64_t size) const;
    const std::string& origin() const { return origin_at(tree_.size()); }

  private:
    Hasher hasher_;
    Frontier tree_;
    std::vector<std::pair<std::uint64_t, std::string>> origins_;  // from which leaf on
    std::map<std::uint64_t, std::optional<Hash>> watched_;
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> chains_;  // seal: sn, seq
};

}  // namespace seals::leaf
