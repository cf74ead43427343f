// Tail: what an append needs to know of the entries before it: the tree, the open block's links,
// and where each seal's chain ends. Inside this room only. Loading it is the start's check: it
// reads a bounded number of entries, and Code::corrupt names the first that is wrong among them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "leaf/tree.hpp"
#include "ledger/entry.hpp"
#include "ledger/recent.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {

struct Tail {
    leaf::Frontier tree;
    leaf::Frontier block;     // of the open block alone
    std::vector<Link> links;  // of the open block
    std::map<std::string, Head> heads;
    RecentCommits recent;
    Instant last_time;
    std::string origin;
    bool simulated = false;
};

Result<Tail> load_tail(Database& database, leaf::Hasher& hasher);

Error corrupt_at(std::uint64_t seq, const std::string& reason);
inline constexpr const char* kRestoreRemedy =
    "keep the file as it is, and restore a backup; what it still proves: `sealctl verify` while "
    "sealsd runs, or the script of seals-ledger(7)";

// The stored bytes as a leaf: hash column right, canonical, its own seq.
Result<leaf::Leaf> check_leaf(leaf::Hasher& hasher, std::uint64_t seq, ByteView leaf,
                              ByteView hash);
// The same as an entry, known to the table of event types.
Result<Recorded> check_entry(leaf::Hasher& hasher, std::uint64_t seq, ByteView leaf, ByteView hash);

}  // namespace seals::ledger
