// rooms: base leaf witness
// Any bytes as a proof, and as what a witness is sent: what is read is written again as the same
// bytes, and a witness cosigns only what the known log signed and what grows out of what it knows.
#include <cstdlib>

#include "base/text.hpp"
#include "leaf/hash.hpp"
#include "leaf/proof.hpp"
#include "leaf/proof_text.hpp"
#include "witness/answer.hpp"

namespace {

using namespace seals;
using namespace seals::leaf;

void want(bool truth) {
    if (!truth) std::abort();
}

const PublicKey& key_of_corpus() {
    static const PublicKey key{"example.com/cab-1", KeyType::signs,
                               SigningKey::from_seed(Bytes(32, 7))->public_key()};
    return key;
}

Checkpoint one_leaf() {
    Hasher hasher;
    return {"example.com/cab-1", 1, hasher.leaf_hash(as_bytes("leaf0"))};
}

void check_answer(const witness::Log* log, const witness::Request& request) {
    auto answered = witness::answer(log, request);
    want(answered.verdict == witness::Verdict::cosigned || !answered.detail.empty());
    want(valid_utf8(answered.detail));
    if (answered.verdict != witness::Verdict::cosigned) return;
    want(log != nullptr && answered.signed_by_log.has_value());
    const auto& next = answered.signed_by_log->checkpoint;
    want(next.origin == log->key.name && request.proof.old_size <= next.size);
    if (log->cosigned)
        want(next.size > log->cosigned->size ||
             (next.size == log->cosigned->size && next.root == log->cosigned->root));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto text = as_text({data, size});
    if (auto proof = parse_consistency_proof(text)) {
        want(write_proof(*proof) == text && proof->hashes.size() <= kMaxProofHashes);
        Hasher hasher;
        (void)verify_consistency(hasher, proof->old_size, one_leaf().root, proof->old_size + 5,
                                 one_leaf().root, proof->hashes);
    }
    if (auto proof = parse_inclusion_proof(text)) {
        want(proof->hashes.size() <= kMaxProofHashes);
        auto again = parse_inclusion_proof(write_proof(*proof));
        want(again && again->index == proof->index && again->hashes == proof->hashes);
        Hasher hasher;
        (void)verify_inclusion(hasher, one_leaf().root, proof->index, proof->index + 9,
                               proof->hashes, one_leaf().root);
    }
    if (auto request = witness::read_request(text)) {
        witness::Log fresh{key_of_corpus(), {}}, known{key_of_corpus(), one_leaf()};
        for (const auto* log : {static_cast<witness::Log*>(nullptr), &fresh, &known})
            check_answer(log, *request);
    }
    return 0;
}
