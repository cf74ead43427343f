// A page of raw leaves: what it costs is bounded in entries looked at and in bytes given.
#include <algorithm>

#include "engine/proofs.hpp"
#include "leaf/proof.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kMostBytes = 1U << 20;  // of leaves in one page
constexpr std::size_t kMostSeen = 20'000;     // entries looked at for one page
constexpr std::size_t kChunk = 256;

bool wanted(const LeafQuery& query, const ledger::Recorded& entry) {
    const auto& event = entry.event;
    auto type = row_of(event.type).name;
    if (!query.seal.empty() && event.seal.str() != query.seal) return false;
    if (!query.session.empty() && event.session.str() != query.session) return false;
    if (!query.request.empty() && event.request.str() != query.request) return false;
    bool of_type = query.types.empty() ||
                   std::find(query.types.begin(), query.types.end(), type) != query.types.end();
    return of_type && (!query.from || entry.at >= *query.from) &&
           (!query.to || entry.at <= *query.to);
}

// The narrowest list that the ledger keeps for such a query.
Result<std::vector<ledger::Recorded>> look(ledger::Reader& reader, const LeafQuery& query,
                                           std::uint64_t after) {
    using ledger::By;
    if (!query.session.empty()) return reader.entries_of(By::session, query.session, after, kChunk);
    if (!query.request.empty()) return reader.entries_of(By::request, query.request, after, kChunk);
    if (!query.seal.empty()) return reader.entries_of(By::seal, query.seal, after, kChunk);
    if (query.types.size() == 1) return reader.entries_of(By::type, query.types[0], after, kChunk);
    return reader.entries(after, kChunk);
}

Status add(ledger::Reader& reader, leaf::Hasher& hasher, const LeafQuery& query, std::uint64_t seq,
           LeafPage& page) {
    auto bytes = reader.leaf(seq);
    if (!bytes) return bytes.error();
    LeafItem item{seq, std::move(*bytes), {}};
    if (query.proofs) {
        auto hashes = leaf::inclusion_proof(
            hasher,
            [&](unsigned level, std::uint64_t index) { return reader.subtree(level, index); },
            seq - 1, page.size);
        if (!hashes) return hashes.error();
        item.hashes = std::move(*hashes);
    }
    page.items.push_back(std::move(item));
    return {};
}

// Every leaf there is: nothing has to be decoded for it.
Result<LeafPage> plain_page(ledger::Reader& reader, const LeafQuery& query, LeafPage page) {
    leaf::Hasher hasher;
    std::size_t bytes = 0;
    auto seq = query.after + 1;
    for (; seq <= page.size && page.items.size() < query.limit && bytes < kMostBytes; ++seq) {
        if (auto status = add(reader, hasher, query, seq, page); !status) return status.error();
        bytes += page.items.back().leaf.size();
    }
    if (seq <= page.size) page.next = seq - 1;
    return page;
}

bool is_plain(const LeafQuery& query) {
    return query.seal.empty() && query.session.empty() && query.request.empty() &&
           query.types.empty() && !query.from && !query.to;
}

}  // namespace

Result<LeafPage> leaf_page(ledger::Reader& reader, const LeafQuery& query) {
    auto snapshot = reader.snapshot();
    LeafPage page;
    auto view = checkpoint_view(reader, query.size);
    if (!view) return view.error();
    page.size = view->size;
    if (is_plain(query)) return plain_page(reader, query, std::move(page));
    leaf::Hasher hasher;
    std::size_t seen = 0, bytes = 0;
    auto after = query.after;
    for (;;) {
        auto chunk = look(reader, query, after);
        if (!chunk) return chunk.error();
        for (const auto& entry : *chunk) {
            if (entry.seq > page.size) return page;
            bool full = page.items.size() == query.limit || bytes >= kMostBytes;
            if (full || seen++ >= kMostSeen) {
                page.next = after;
                return page;
            }
            after = entry.seq;
            if (!wanted(query, entry)) continue;
            if (auto status = add(reader, hasher, query, entry.seq, page); !status)
                return status.error();
            bytes += page.items.back().leaf.size();
        }
        if (chunk->size() < kChunk) return page;
    }
}

}  // namespace seals::engine
