#include "witness/witness.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace seals::witness {
namespace {

constexpr milliseconds kLockWait{10'000};

Outcome refused(Verdict verdict, const Error& error) {
    Outcome out;
    out.verdict = verdict;
    out.detail = error.detail;
    out.remedy = error.remedy;
    return out;
}

Outcome failed(const Error& error) {
    log(Priority::error, "witness", "cannot answer", {{"why", error.detail}});
    return refused(Verdict::failed, error);
}

}  // namespace

std::string_view Outcome::content_type() const {
    return verdict == Verdict::conflict ? "text/x.tlog.size" : "text/plain; charset=utf-8";
}

std::string Outcome::body() const {
    if (verdict == Verdict::cosigned) return cosignature;
    if (verdict == Verdict::conflict) return std::to_string(size) + "\n";
    // What is wrong with our own disk is nothing for strangers.
    return (verdict == Verdict::failed ? "the witness cannot answer now" : detail) + "\n";
}

Result<Witness> Witness::open(const std::string& dir) {
    auto store = Store::open(dir);
    if (!store) return store.error();
    auto identity = store->identity();
    if (!identity) return identity.error();
    return Witness(std::move(*store), std::move(*identity));
}

Outcome Witness::add_checkpoint(std::string_view body, Instant now) const {
    auto request = read_request(body);
    if (!request) return refused(Verdict::malformed, request.error());
    auto lock = store_.lock(kLockWait);
    if (!lock) return failed(lock.error());
    auto kept = store_.read(request->origin, identity_.public_key());
    if (!kept) return failed(kept.error());
    auto answered = answer(*kept ? &(*kept)->log : nullptr, *request);
    if (answered.fork) tell_fork(**kept, answered, request->proof.checkpoint);
    if (answered.verdict == Verdict::cosigned) return cosign(**kept, *answered.signed_by_log, now);
    log(Priority::notice, "witness", "not cosigned",
        {{"origin", request->origin}, {"why", answered.detail}});
    Outcome out;
    out.verdict = answered.verdict;
    out.detail = answered.detail;
    out.size = answered.size;
    return out;
}

// Only what the log signed and we add is kept: other lines of the note are anybody's.
Outcome Witness::cosign(const Kept& kept, const leaf::OpenedCheckpoint& next, Instant now) const {
    // A clock set back must not make a larger tree look older than a smaller one.
    auto time = std::max(now.ms / 1000, kept.cosigned_at.value_or(0));
    auto signature = leaf::cosign(next.checkpoint, identity_.name, identity_.key, time);
    leaf::Note note{next.note.text, {}};
    const auto& key = kept.log.key;
    for (const auto& line : next.note.signatures)
        if (line.name == key.name && line.id == key.id() && note.signatures.empty())
            note.signatures.push_back(line);
    note.signatures.push_back(signature);
    if (auto status = store_.keep(key.name, leaf::write_note(note)); !status)
        return failed(status.error());
    Outcome out;
    out.verdict = Verdict::cosigned;
    out.cosignature = leaf::write_signature(signature);
    out.size = next.checkpoint.size;
    return out;
}

void Witness::tell_fork(const Kept& kept, const Answer& answered, const std::string& note) const {
    const auto& other = answered.signed_by_log->checkpoint;
    auto stem = store_.keep_fork(kept.note, note, other);
    log(Priority::critical, "witness",
        "FORK: a log signed two trees of one size; it shows different ones to different people",
        {{"origin", other.origin},
         {"size", std::to_string(other.size)},
         {"evidence", !stem           ? stem.error().detail
                      : stem->empty() ? std::string("as many are kept as may be")
                                      : *stem + ".cosigned, .other"}});
}

}  // namespace seals::witness
