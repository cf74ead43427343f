#include "ledger/draft.hpp"

#include "ledger/schema.hpp"

namespace seals::ledger {
namespace {

Head head_of(const Tail& tail, const Draft& draft, const std::string& seal) {
    if (auto it = draft.heads.find(seal); it != draft.heads.end()) return it->second;
    if (auto it = tail.heads.find(seal); it != tail.heads.end()) return it->second;
    return {};
}

Place place_of(const Tail& tail, Draft& draft, const rules::Event& event, const Stamp& stamp) {
    Place out{draft.tree.size() + 1, stamp};
    if (event.seal.empty()) return out;
    auto head = head_of(tail, draft, event.seal.str());
    out.sn = head.sn + 1;
    out.sp = head.seq;
    draft.heads[event.seal.str()] = {out.sn, out.seq};
    return out;
}

void grow(leaf::Hasher& hasher, Draft& draft, const Entry& entry) {
    draft.tree.append(hasher, entry.hash);
    draft.block.append(hasher, entry.hash);
    add_links(entry.recorded, draft.links);
    if (entry.recorded.event.type == EventType::rolled_back)
        draft.origin = entry.recorded.event.data.text_or("origin");
    if (draft.block.size() < kBlockSize) return;
    auto n = draft.tree.size() / kBlockSize - 1;
    draft.blocks.push_back({n, draft.block.root(hasher), std::move(draft.links)});
    draft.links.clear();
    draft.block = {};
}

Draft begun(const Tail& tail) {
    Draft draft;
    draft.tree = tail.tree;
    draft.block = tail.block;
    draft.last_time = tail.last_time;
    return draft;
}

Status check_chain(const Tail& tail, Draft& draft, const Recorded& recorded) {
    if (recorded.event.type == EventType::ledger_created)
        return corrupt_at(recorded.seq, "a ledger is created once");
    if (recorded.event.seal.empty()) return {};
    const auto& seal = recorded.event.seal.str();
    auto head = head_of(tail, draft, seal);
    if (recorded.sn != head.sn + 1 || recorded.sp != head.seq)
        return corrupt_at(recorded.seq, "it does not continue the chain of seal " + seal);
    draft.heads[seal] = {recorded.sn, recorded.seq};
    return {};
}

}  // namespace

Result<Draft> make_draft(leaf::Hasher& hasher, const Tail& tail,
                         std::span<const rules::Event> events, const Stamp& stamp) {
    auto draft = begun(tail);
    for (const auto& event : events) {
        auto entry = make_entry(hasher, event, place_of(tail, draft, event, stamp));
        if (!entry) {
            entry.error().detail = "event " + std::to_string(draft.entries.size()) +
                                   " of the batch: " + entry.error().detail;
            return entry.error();
        }
        grow(hasher, draft, *entry);
        draft.last_time = event.at;
        draft.entries.push_back(std::move(*entry));
    }
    return draft;
}

Result<Draft> draft_of(leaf::Hasher& hasher, const Tail& tail, std::span<const GivenLeaf> leaves) {
    auto draft = begun(tail);
    for (const auto& given : leaves) {
        auto hash = hasher.leaf_hash(given.leaf);
        auto recorded = check_entry(hasher, draft.tree.size() + 1, given.leaf, hash);
        if (!recorded) return recorded.error();
        if (auto status = check_chain(tail, draft, *recorded); !status) return status.error();
        Entry entry{std::move(*recorded), given.openings, given.leaf, hash};
        draft.last_time = entry.recorded.at;
        grow(hasher, draft, entry);
        draft.entries.push_back(std::move(entry));
    }
    return draft;
}

std::vector<Idempotency> keys_of(const Draft& draft) {
    std::vector<Idempotency> out;
    for (std::size_t i = 0; i < draft.entries.size(); ++i) {
        const auto* said = draft.entries[i].recorded.event.data.find("idempotency");
        if (said == nullptr || said->text_or("key").empty()) continue;
        out.push_back({said->integer_or("uid"), said->text_or("key"), said->text_or("body"), i});
    }
    return out;
}

void adopt(Tail& tail, Draft& draft) {
    tail.tree = std::move(draft.tree);
    tail.block = std::move(draft.block);
    if (!draft.blocks.empty()) tail.links.clear();
    tail.links.insert(tail.links.end(), std::make_move_iterator(draft.links.begin()),
                      std::make_move_iterator(draft.links.end()));
    for (auto& [seal, head] : draft.heads)
        tail.heads[seal] = head;
    tail.last_time = draft.last_time;
    if (!draft.origin.empty()) tail.origin = draft.origin;
}

}  // namespace seals::ledger
