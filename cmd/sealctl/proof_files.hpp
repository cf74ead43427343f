// Proofs from sealsd as files that others check: SEQ.leaf, SEQ.tlog-proof, checkpoint and
// device.vkey in a folder; and the whole ledger as a dump. Blocks; one thread.
#pragma once

#include <cstdint>
#include <string>

#include "context.hpp"

namespace seals::sealctl {

class ProofFiles {
  public:
    explicit ProofFiles(std::string folder) : folder_(std::move(folder)) {}

    Status add_proof(Context& context, const Value& proof);  // a reply of /v1/proofs/inclusion
    Status add_key(Context& context);  // and the checkpoint that the key signed

  private:
    std::string folder_;
};

// Every leaf up to that checkpoint; how many. "-": to standard output.
Result<std::uint64_t> write_dump(Context& context, const std::string& path,
                                 const Value& checkpoint);

}  // namespace seals::sealctl
