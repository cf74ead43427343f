// The decision of a witness (c2sp.org/tlog-witness): what an add-checkpoint request is answered,
// given what was cosigned of that log before. Never two roots at one size, never a smaller tree,
// never a larger one without its proof. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/code.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/proof_text.hpp"

namespace seals::witness {

struct Log {
    leaf::PublicKey key;                       // pinned; its name is the log's origin
    std::optional<leaf::Checkpoint> cosigned;  // the newest; none: never one
};

struct Request {
    leaf::ConsistencyProof proof;
    std::string origin;  // as the checkpoint says: not verified yet
};

enum class Verdict {
    cosigned,
    malformed,    // the body, or an old size beyond the checkpoint's
    unknown_log,  // no key of that origin is pinned
    unsigned_,    // no signature of the pinned key
    conflict,     // not from where we are, or another root at the same size
    unproven,     // the consistency proof fails
    failed        // ours: the state cannot be read or written
};

struct VerdictRow {
    Verdict verdict;
    int http;
    Code code;
};
const VerdictRow& row_of(Verdict verdict);

struct Answer {
    Verdict verdict = Verdict::malformed;
    std::string detail;  // for people
    std::optional<leaf::OpenedCheckpoint> signed_by_log;
    std::uint64_t size = 0;  // of what we cosigned last
    bool fork = false;       // two roots of one size, both signed by the log: proof of its fault
};

// Code::invalid says what is wrong.
Result<Request> read_request(std::string_view body);
// `log`: the one of that origin, null when its key is not pinned. Verdict::cosigned says that it
// may be; only the caller can do it, after keeping it.
Answer answer(const Log* log, const Request& request);

}  // namespace seals::witness
