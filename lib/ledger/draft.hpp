// Draft: a batch of events worked out against the tail, before anything is written. Inside this
// room only; pure apart from the random salts.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "leaf/hash.hpp"
#include "ledger/entry.hpp"
#include "ledger/record.hpp"
#include "ledger/tail.hpp"

namespace seals::ledger {

struct FullBlock {
    std::uint64_t n = 0;  // entries n * kBlockSize + 1 and on
    Hash root{};
    std::vector<Link> links;  // of the draft's own entries; the first block has the tail's as well
};

struct Draft {
    std::vector<Entry> entries;
    std::vector<FullBlock> blocks;
    leaf::Frontier tree;
    leaf::Frontier block;
    std::vector<Link> links;            // of the block that stays open
    std::map<std::string, Head> heads;  // of the seals that the batch concerns
    Instant last_time;
    std::string origin{};  // that a rollback among them begins; none: as it was
};

// Failures: as make_entry; they name the event by its place in the batch.
Result<Draft> make_draft(leaf::Hasher& hasher, const Tail& tail,
                         std::span<const rules::Event> events, const Stamp& stamp);

// A leaf that another copy of the ledger has, and what opens its commitments, as far as it is
// known.
struct GivenLeaf {
    Bytes leaf;
    std::vector<Personal> openings{};
};

// The same batch of leaves that are given. Code::corrupt names the first that does not continue the
// ledger: its seq, its seal's chain, its form.
Result<Draft> draft_of(leaf::Hasher& hasher, const Tail& tail, std::span<const GivenLeaf> leaves);
// The idempotency keys that its leaves say.
std::vector<Idempotency> keys_of(const Draft& draft);

void adopt(Tail& tail, Draft& draft);  // once it is durable

}  // namespace seals::ledger
