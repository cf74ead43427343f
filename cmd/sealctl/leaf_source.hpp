// Leaf source: the leaves that a statement rests on, fetched from sealsd with their proofs in the
// tree of one signed checkpoint. It takes more rather than less: the statement is made of what was
// fetched and of nothing else. Blocks; one thread. Errors as client/client.hpp says; corrupt: what
// sealsd gave is not signed by its key.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/url.hpp"
#include "context.hpp"
#include "evidence/never_left.hpp"

namespace seals::sealctl {

// What was fetched, as files hold it and as it is judged.
struct LeafSet {
    leaf::Checkpoint checkpoint;
    Value about;  // the reply of GET /v1/checkpoint
    std::map<std::uint64_t, evidence::GivenLeaf> leaves;

    std::vector<evidence::GivenLeaf> all() const;
};

class LeafSource {
  public:
    explicit LeafSource(Context& context) : context_(context) {}

    // For never-left: everything from the last full state leaf before the period to what comes
    // after it, without a gap, and what stands before.
    Result<LeafSet> around(const std::string& seal, const evidence::Period& period);
    // For uses: the seal's own leaves from before the period to the newest, and state leaves after.
    Result<LeafSet> chain(const std::string& seal, const evidence::Period& period);

  private:
    using Filter = client::Query;
    struct Brief {
        std::uint64_t seq = 0;
        leaf::Leaf leaf;
    };

    Status open();
    Result<Value> page(std::uint64_t after, std::size_t limit, const Filter& filter, bool proofs);
    Status take(std::uint64_t after, std::uint64_t to, const Filter& filter);  // with proofs
    Result<std::vector<Brief>> look(std::uint64_t after, std::uint64_t to, const Filter& filter);
    Result<Instant> time_at(std::uint64_t seq);
    Result<std::uint64_t> first_at(Instant at, std::uint64_t from, std::uint64_t to);
    Status find_segments();
    Result<std::pair<std::uint64_t, std::uint64_t>> range_of(const evidence::Period& period);
    Result<std::uint64_t> full_before(const std::string& seal, std::uint64_t seq, Instant at);
    Status take_chain_before(const std::string& seal, std::uint64_t seq);
    Status take_origins(const std::string& seal, std::uint64_t before);
    Status take_boot(std::uint64_t before);
    Result<std::uint64_t> end_after(std::uint64_t seq, Instant at);

    Context& context_;
    LeafSet set_;
    std::vector<std::uint64_t> segments_;  // first seq of each stretch in which time only rises
};

}  // namespace seals::sealctl
