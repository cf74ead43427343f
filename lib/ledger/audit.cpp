#include "ledger/audit.hpp"

#include <algorithm>

namespace seals::ledger {
namespace {

// Every text that the vault has must open a commitment of the leaf.
Status check_texts(leaf::Hasher& hasher, const leaf::Leaf& leaf, std::span<const Personal> texts) {
    for (const auto& text : texts) {
        auto commitment = std::find_if(leaf.c.begin(), leaf.c.end(),
                                       [&](const auto& item) { return item.first == text.field; });
        if (commitment == leaf.c.end())
            return corrupt_at(leaf.seq, "the vault has a text \"" + text.field +
                                            "\" that the leaf does not commit to");
        if (hasher.commitment(text.salt, text.text) != commitment->second)
            return corrupt_at(leaf.seq, "the vault's text \"" + text.field +
                                            "\" is not what the leaf commits to");
    }
    return {};
}

}  // namespace

Result<Recorded> Audit::take(leaf::Leaf leaf, std::span<const Personal> texts) {
    auto seq = leaf.seq;
    if (auto status = check_texts(hasher_, leaf, texts); !status) return status.error();
    auto recorded = to_recorded(std::move(leaf));
    if (!recorded) return corrupt_at(seq, recorded.error().detail);
    for (const auto& text : texts)
        recorded->event.personal.emplace_back(text.field, text.text);
    if (auto status = check_birth(*recorded); !status) return status.error();
    if (auto status = check_chain(*recorded); !status) return status.error();
    if (auto status = check_key(*recorded); !status) return status.error();
    links_.expect(*recorded);
    return recorded;
}

// Under which origin the tree grows: leaf 1 says it, and a rollback begins the next.
Status Audit::check_birth(const Recorded& recorded) {
    bool birth = recorded.event.type == EventType::ledger_created;
    if (birth != (recorded.seq == 1))
        return corrupt_at(recorded.seq, "ledger.created is the first entry, and only that");
    if (recorded.event.type == EventType::rolled_back) return check_rollback(recorded);
    if (!birth) return {};
    auto origin = recorded.event.data.text_or("origin");
    bool simulated = recorded.event.data.boolean_or("simulated");
    if (origin.empty() || origin.ends_with("/sim") != simulated)
        return corrupt_at(1,
                          "the origin \"" + origin + "\" contradicts what the ledger says it is");
    origin_ = read_origin(origin);
    return {};
}

Status Audit::check_rollback(const Recorded& recorded) {
    auto next = read_origin(recorded.event.data.text_or("origin"));
    if (!next.same_node(origin_) || next.epoch <= origin_.epoch)
        return corrupt_at(recorded.seq, "a rollback from " + origin_.text() +
                                            " begins a later origin of the same cabinet, not " +
                                            next.text());
    auto kept = recorded.event.data.integer_or("kept", -1);
    if (kept != static_cast<std::int64_t>(recorded.seq) - 1)
        return corrupt_at(recorded.seq, "a rollback says how many entries stand before it");
    origin_ = next;
    return {};
}

Status Audit::check_chain(const Recorded& recorded) {
    if (recorded.sn == 0) return {};
    auto& head = heads_[recorded.event.seal.str()];
    if (recorded.sn != head.sn + 1 || recorded.sp != head.seq)
        return corrupt_at(recorded.seq, "it does not continue the chain of seal " +
                                            recorded.event.seal.str() + " after entry " +
                                            std::to_string(head.seq));
    head = {recorded.sn, recorded.seq};
    return {};
}

// The command's key stands in its first leaf; the table mirrors it.
Status Audit::check_key(const Recorded& recorded) {
    const auto* said = recorded.event.data.find("idempotency");
    if (said == nullptr) return {};
    if (!key_) {
        auto prepared =
            database_.prepare("SELECT body, seq, at FROM idempotency WHERE uid=? AND key=?");
        if (!prepared) return prepared.error();
        key_ = std::move(*prepared);
    }
    auto key = said->text_or("key");
    key_->reset();
    auto row = key_->bind(1, said->integer_or("uid", -1)).bind(2, std::string_view(key)).step();
    if (!row) return row.error();
    bool same = *row && key_->text(0) == said->text_or("body") &&
                key_->natural(1) == recorded.seq && key_->integer(2) == recorded.at.ms;
    key_->reset();
    if (!same)
        return corrupt_at(recorded.seq, "its idempotency key is not kept as the leaf has it");
    ++keys_;
    return {};
}

}  // namespace seals::ledger
