// Proofs as files that others read. Inclusion: c2sp.org/tlog-proof@v1, for a leaf that lies beside
// it. Consistency: the body of an add-checkpoint request (c2sp.org/tlog-witness). Both end in a
// checkpoint; its signature is checked apart from them. Pure, any thread; Code::invalid says what
// is wrong and names the line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace seals::leaf {

inline constexpr std::size_t kMaxProofHashes = 63;
inline constexpr std::size_t kMaxProofBytes = 128U * 1024;

struct InclusionProof {
    std::uint64_t index = 0;  // of the leaf: its seq - 1
    std::vector<Hash> hashes;
    std::string checkpoint;  // the note
};

struct ConsistencyProof {
    std::uint64_t old_size = 0;
    std::vector<Hash> hashes;
    std::string checkpoint;  // the newer one's note
};

std::string write_proof(const InclusionProof& proof);
std::string write_proof(const ConsistencyProof& proof);
Result<InclusionProof> parse_inclusion_proof(std::string_view text);
Result<ConsistencyProof> parse_consistency_proof(std::string_view text);

}  // namespace seals::leaf
