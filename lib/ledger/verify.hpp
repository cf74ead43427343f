// verify(): the whole ledger worked out again from its entries and compared with what is kept. On a
// read-only connection of its own; reads in short transactions, so that it may run beside the
// writer. Any one thread; blocks for seconds per million entries.
// What is wrong in the ledger stands in the Report; an Error means that it could not be read
// (unavailable, timeout) or that `cancel` was set (unavailable).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "ledger/record.hpp"
#include "ledger/row_digests.hpp"

namespace seals::ledger {

enum class Depth {
    hashes,  // seq without gaps, every leaf's hash, the tree
    full  // besides: canonical leaves, event types and members, seal chains, commitments where the
          // vault has the text, index rows, idempotency keys, and the views rebuilt
};

struct FirstBad {
    std::uint64_t seq =
        0;  // 0: every entry is whole; a view or key that belongs to none of them is not
    std::string reason;
};

struct Report {
    bool ok = false;
    std::uint64_t size = 0;  // entries that the tree counts
    Hash root{};             // as stored; worked out again when ok
    std::optional<FirstBad> first_bad;
};

struct VerifyOptions {
    Depth depth = Depth::full;
    // How the views are rebuilt: each entry in order (a refusal is a finding, but for
    // Code::unavailable and timeout: then the verification ends without a verdict), then every row
    // of the state, those that are gone with no body. Both unset: the views are not compared.
    std::function<Status(const Recorded&)> replay{};
    std::function<std::vector<Row>()> rows{};
    RowDigests* dropped = nullptr;  // further rows, which the replay did not hold to the end
    std::function<void(std::uint64_t done, std::uint64_t size)> progress{};  // some times a second
    const std::atomic<bool>* cancel = nullptr;
    Options options{};
};

Result<Report> verify(const std::string& path, const VerifyOptions& options = {});

}  // namespace seals::ledger
