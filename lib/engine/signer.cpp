#include "engine/signer.hpp"

#include <cstdio>

#include <unistd.h>

#include "base/log.hpp"
#include "engine/held.hpp"
#include "leaf/checkpoint.hpp"

namespace seals::engine {
namespace {

// What is signed at once: where a seal is, what was stamped, who handles the evidence.
bool signed_at_once(EventType type) {
    using enum EventType;
    switch (type) {
        case seal_enrolled:
        case seal_taken:
        case seal_returned:
        case seal_returned_unverified:
        case seal_missing:
        case seal_unknown:
        case seal_quarantined:
        case seal_lost:
        case seal_destroyed:
        case use_recorded:
        case slot_forced:
        case override_mechanical:
        case session_unknown:
        case handover_accepted:
        case baseline_recorded:
        case evidence_exported:
        case retention_purged:
        case erased:
        case key_made:
            return true;
        default:
            return false;
    }
}

struct Job {
    std::string origin, folder;
    Instant now;
    std::shared_ptr<const evidence::DeviceKey> key, old;
    bool stays = false;
};

// On the ledger's thread: what it counts is on the disk.
Result<ledger::KeptCheckpoint> sign_on_disk(ledger::Ledger& ledger, const Job& job) {
    leaf::Checkpoint checkpoint{job.origin, ledger.size(), ledger.root()};
    leaf::Note note{checkpoint.text(), {}};
    if (job.old) note.signatures.push_back(leaf::sign_checkpoint(checkpoint, job.old->key));
    note.signatures.push_back(leaf::sign_checkpoint(checkpoint, job.key->key));
    ledger::KeptCheckpoint made{checkpoint.size, job.now, leaf::write_note(note),
                                job.old != nullptr || job.stays};
    if (auto status = ledger.keep_checkpoint(made); !status) return status.error();
    auto durable = job.old ? evidence::Durable::yes : evidence::Durable::no;
    if (auto status = hold(job.folder, kHeldSigned, made.note, durable); !status)
        log(Priority::warning, "evidence", "the newest checkpoint is not held beside the ledger",
            {{"why", status.error().detail}});
    return made;
}

}  // namespace

Signer::Signer(loop::Loop& loop, Engine& engine, milliseconds cadence) : engine_(engine) {
    cadence_ = loop.every(cadence, [this] { sign_soon(); });
}

std::string Signer::path() const {
    return engine_.store().folder() + "/device.key";
}

std::string Signer::next_path() const {
    return path() + ".next";
}

std::optional<leaf::PublicKey> Signer::key() const {
    return key_ ? std::optional(key_->half()) : std::nullopt;
}

// The ledger says which key it is; the file must be that one.
void Signer::load() {
    take_key(engine_.state().node.key);
    if (fault_)
        log(Priority::error, "evidence", "nothing is signed: " + fault_->detail,
            {{"remedy", fault_->remedy}});
    auto newest = engine_.store().reader().newest_checkpoint();
    if (newest && *newest) newest_ = std::move(*newest);
}

void Signer::take_key(const std::string& known) {
    auto key = known.empty() ? first_key() : evidence::load_device_key(path());
    auto next = evidence::load_device_key(next_path());
    if (next && next->half().vkey() == known) {  // the power went within a rotation
        if (key) old_ = std::make_shared<const evidence::DeviceKey>(std::move(*key));
        key_ = std::make_shared<const evidence::DeviceKey>(std::move(*next));
        return old_ ? sign_soon() : finish_rotation();
    }
    if (!key) {
        fault_ = key.error();
        if (fault_->code == Code::not_found)
            fault_ = Error{Code::not_found, "the device's key is missing: " + path(),
                           "put the file back from where it was kept"};
        return;
    }
    if (key->name != engine_.store().origin() || (!known.empty() && key->half().vkey() != known)) {
        fault_ = Error{Code::conflict, path() + " is not the key that the ledger names",
                       "put the device's own key back"};
        return;
    }
    key_ = std::make_shared<const evidence::DeviceKey>(std::move(*key));
    if (known.empty()) engine_.observe(rules::KeyMade{key_->half().vkey()});
}

Result<evidence::DeviceKey> Signer::first_key() {
    auto found = evidence::load_device_key(path());
    if (found || found.error().code != Code::not_found) return found;
    return evidence::make_device_key(path(), engine_.store().origin());
}

void Signer::recorded(const std::vector<ledger::Recorded>& entries) {
    bool now = false;
    for (const auto& entry : entries) {
        if (entry.event.type == EventType::key_rotated) rotated();
        now = now || signed_at_once(entry.event.type);
    }
    if (now || old_) sign_soon();
}

void Signer::sign_soon() {
    if (!key_ || signing_) return;
    if (newest_ && newest_->size == engine_.store().size() && !old_) return;
    make(false, [](const Signed& made) {
        if (!made)
            log(Priority::error, "evidence", "no checkpoint was signed",
                {{"why", made.error().detail}});
    });
}

void Signer::sign(std::function<void(Signed)> done) {
    make(true, std::move(done));
}

// One at a time: who asks while one is made gets the next, which counts all that was there by then.
void Signer::make(bool stays, std::function<void(Signed)> done) {
    if (!key_)
        return done(fault_ ? unavailable("nothing is signed: " + fault_->detail, fault_->remedy)
                           : unavailable("the device has no key yet"));
    bool fits = newest_ && newest_->size == engine_.store().size() && !old_;
    if (fits && (newest_->pinned || !stays)) return done(*newest_);
    waiting_.push_back(std::move(done));
    stays_ = stays_ || stays;
    if (signing_) return;
    signing_ = true;
    auto now = std::exchange(waiting_, {});
    auto& store = engine_.store();
    Job job{store.origin(), store.folder(), engine_.moment().now,
            key_,           old_,           std::exchange(stays_, false)};
    store.write<Signed>([job](ledger::Ledger& ledger) { return sign_on_disk(ledger, job); },
                        [this, now, old = old_](Signed made) {
                            signing_ = false;
                            if (made && old && old == old_) finish_rotation();
                            if (made) newest_ = *made;
                            for (const auto& one : now)
                                one(made);
                            if (waiting_.empty()) return;
                            auto next = std::exchange(waiting_, {});
                            auto stay = std::exchange(stays_, false);
                            for (auto& one : next)
                                make(stay, std::move(one));
                        });
}

void Signer::prepare(std::function<void(Result<std::string>)> done) {
    auto& store = engine_.store();
    store.write<Result<std::string>>(
        [path = next_path(), origin = store.origin()](ledger::Ledger&) -> Result<std::string> {
            auto found = evidence::load_device_key(path);  // of a rotation that was refused
            if (!found && found.error().code != Code::not_found) ::unlink(path.c_str());
            if (!found) found = evidence::make_device_key(path, origin);
            if (!found) return found.error();
            return found->half().vkey();
        },
        std::move(done));
}

void Signer::rotated() {
    auto next = evidence::load_device_key(next_path());
    if (!next) {
        fault_ = next.error();
        key_ = {};
        return;
    }
    old_ = std::exchange(key_, std::make_shared<const evidence::DeviceKey>(std::move(*next)));
}

// The tree that names the next key is signed by both and kept: the old key has done its last.
void Signer::finish_rotation() {
    old_ = {};
    if (std::rename(next_path().c_str(), path().c_str()) != 0 || !evidence::sync_folder_of(path()))
        log(Priority::error, "evidence",
            "the next key is not in its place yet; the next start "
            "puts it there",
            {{"file", next_path()}});
}

}  // namespace seals::engine
