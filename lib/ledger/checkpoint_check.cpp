#include "ledger/checkpoint_check.hpp"

#include <algorithm>

#include "leaf/checkpoint.hpp"
#include "ledger/tail.hpp"

namespace seals::ledger {

Status CheckpointCheck::load(std::uint64_t first, std::uint64_t last) {
    auto rows = database_.prepare(
        "SELECT size, at, note, pinned FROM checkpoint WHERE size>=? AND size<=? ORDER BY size");
    if (!rows) return rows.error();
    rows->bind(1, first).bind(2, last);
    waiting_.clear();
    for (;;) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return {};
        waiting_.push_back({rows->natural(0), {}, std::string(rows->text(2)), false});
    }
}

void CheckpointCheck::learn(const Recorded& entry) {
    using enum EventType;
    if (entry.event.type == rolled_back) {  // no key of the origin before signs from here on
        keys_.clear();
        rolled_back_ = true;
    }
    if (entry.event.type != key_made && entry.event.type != key_rotated) return;
    if (auto key = leaf::parse_vkey(entry.event.data.text_or("vkey"))) keys_.push_back(*key);
}

Status CheckpointCheck::compare(std::uint64_t size, const Hash& root) {
    auto kept = std::move(waiting_.front());
    waiting_.pop_front();
    auto opened = leaf::read_checkpoint(kept.note);
    if (!opened)
        return corrupt_at(size, "the checkpoint kept over the entries up to here is damaged: " +
                                    opened.error().detail);
    if (kept.size != size || opened->checkpoint.size != size)
        return corrupt_at(size, "the checkpoint kept here is over another number of entries");
    if (opened->checkpoint.root != root)
        return corrupt_at(size,
                          "an entry up to here is not what it was: a checkpoint signed over them "
                          "has another root");
    return keys_.empty() && !rolled_back_ ? Status{} : check_signature(kept);
}

Status CheckpointCheck::check_signature(const KeptCheckpoint& kept) const {
    bool ours = std::any_of(keys_.begin(), keys_.end(), [&](const leaf::PublicKey& key) {
        return bool(leaf::open_checkpoint(kept.note, key));
    });
    if (ours) return {};
    return corrupt_at(kept.size,
                      "the checkpoint kept over the entries up to here is signed by no "
                      "key that they name");
}

Status CheckpointCheck::beyond(std::uint64_t size) {
    auto more =
        database_.number("SELECT count(*) FROM checkpoint WHERE size>" + std::to_string(size));
    if (!more) return more.error();
    if (*more == 0) return {};
    return corrupt_at(size + 1, "the entry is missing: a checkpoint was signed over it");
}

}  // namespace seals::ledger
