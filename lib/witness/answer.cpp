#include "witness/answer.hpp"

#include <array>
#include <utility>

#include "leaf/hash.hpp"
#include "leaf/proof.hpp"

namespace seals::witness {
namespace {

constexpr std::array<VerdictRow, 7> kVerdicts{{
    {Verdict::cosigned, 200, Code::ok},
    {Verdict::malformed, 400, Code::invalid},
    {Verdict::unknown_log, 404, Code::not_found},
    {Verdict::unsigned_, 403, Code::corrupt},
    {Verdict::conflict, 409, Code::conflict},
    {Verdict::unproven, 422, Code::corrupt},
    {Verdict::failed, 503, Code::unavailable},
}};

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

// What follows the checkpoint's signature: does it grow out of `known`?
void judge(const leaf::Checkpoint& known, const leaf::Checkpoint& next,
           const leaf::ConsistencyProof& proof, Answer& to) {
    to.verdict = Verdict::conflict;
    if (proof.old_size > next.size) {
        to.verdict = Verdict::malformed;
        to.detail = "old " + number(proof.old_size) + " is beyond the checkpoint's size " +
                    number(next.size);
    } else if (proof.old_size != known.size) {
        to.detail = "the size that was cosigned last is " + number(known.size) + ", not " +
                    number(proof.old_size);
    } else if (next.size == known.size && next.root != known.root) {
        to.detail = "another root was cosigned at the size " + number(known.size);
    } else {
        leaf::Hasher hasher;
        bool proven = leaf::verify_consistency(hasher, known.size, known.root, next.size, next.root,
                                               proof.hashes);
        to.verdict = proven ? Verdict::cosigned : Verdict::unproven;
        if (!proven)
            to.detail = "the proof does not show that the tree of " + number(known.size) +
                        " is the beginning of that of " + number(next.size);
    }
}

}  // namespace

const VerdictRow& row_of(Verdict verdict) {
    for (const auto& row : kVerdicts)
        if (row.verdict == verdict) return row;
    return kVerdicts.back();
}

Result<Request> read_request(std::string_view body) {
    auto proof = leaf::parse_consistency_proof(body);
    if (!proof) return proof.error();
    auto opened = leaf::read_checkpoint(proof->checkpoint);
    if (!opened) return opened.error();
    return Request{std::move(*proof), std::move(opened->checkpoint.origin)};
}

Answer answer(const Log* log, const Request& request) {
    Answer out;
    if (log == nullptr) {
        out.verdict = Verdict::unknown_log;
        out.detail = "no key of " + request.origin + " is trusted here";
        return out;
    }
    auto opened = leaf::open_checkpoint(request.proof.checkpoint, log->key);
    if (!opened) {
        out.verdict = Verdict::unsigned_;
        out.detail = opened.error().detail;
        return out;
    }
    // Who never saw a tree knows the empty one, whose root is nobody's choice.
    leaf::Hasher hasher;
    auto known = log->cosigned.value_or(leaf::Checkpoint{request.origin, 0, hasher.sha256({})});
    const auto& next = opened->checkpoint;
    out.size = known.size;
    out.fork = log->cosigned && next.size == known.size && next.root != known.root;
    judge(known, next, request.proof, out);
    out.signed_by_log = std::move(*opened);
    return out;
}

}  // namespace seals::witness
