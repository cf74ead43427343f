#include "ledger/reader.hpp"

#include <algorithm>
#include <map>

#include "ledger/recent.hpp"
#include "ledger/schema.hpp"
#include "ledger/tail.hpp"

namespace seals::ledger {
namespace {

Error no_entry(std::uint64_t seq) {
    return Error{Code::not_found, "the ledger has no entry " + std::to_string(seq)};
}

// Adds what the statement gives (columns kind, id, live, body); what is there already is newer.
Status add_kept(Statement& rows, std::map<RowKey, KeptRow>& to) {
    for (;;) {
        auto more = rows.step();
        if (!more) return more.error();
        if (!*more) return {};
        RowKey key{rows.text(0), rows.text(1)};
        to.try_emplace(std::move(key), KeptRow{rows.integer(2), to_bytes(rows.blob(3))});
    }
}

// Those that are there, in order.
Result<std::vector<Row>> to_rows(const std::map<RowKey, KeptRow>& kept, std::size_t limit) {
    std::vector<Row> out;
    for (const auto& [key, row_kept] : kept) {
        if (out.size() >= limit) break;
        if (!row_kept.body) continue;
        auto row = to_row(key, row_kept);
        if (!row) return row.error();
        out.push_back(std::move(*row));
    }
    return out;
}

Result<Hash> to_hash(ByteView bytes) {
    Hash hash;
    if (bytes.size() != hash.size())
        return Error{Code::corrupt, "a stored hash is not 32 bytes long"};
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

bool has_link(const Recorded& recorded, By by, std::string_view id) {
    std::vector<Link> links;
    add_links(recorded, links);
    return std::any_of(links.begin(), links.end(),
                       [&](const Link& link) { return link.by == by && link.id == id; });
}

}  // namespace

Result<Reader> Reader::open(const std::string& path, const Options& options) {
    auto database = Database::open(path, Access::read, options.vfs);
    if (!database) return database.error();
    auto version = schema_version(*database);
    if (!version) return version.error();
    if (*version != options.schema.version)
        return unavailable(path + ": schema version " + std::to_string(*version) +
                               " is not the one this program reads",
                           "start sealsd on it once: it brings the schema forward");
    return Reader(std::move(*database));
}

void Reader::set_deadline(std::optional<std::chrono::steady_clock::time_point> deadline) {
    database_.set_deadline(deadline);
}

Result<std::uint64_t> Reader::size() {
    auto size = database_.number("SELECT size FROM tree");
    if (!size) return size.error();
    return static_cast<std::uint64_t>(*size);
}

Result<Hash> Reader::root() {
    auto tree = database_.prepare("SELECT root FROM tree");
    if (!tree) return tree.error();
    auto row = tree->step();
    if (!row) return row.error();
    if (!*row) return Error{Code::corrupt, "the ledger names no root", kRestoreRemedy};
    return to_hash(tree->blob(0));
}

Result<Bytes> Reader::leaf(std::uint64_t seq) {
    auto entry = database_.prepare("SELECT leaf FROM entry WHERE seq=?");
    if (!entry) return entry.error();
    auto row = entry->bind(1, seq).step();
    if (!row) return row.error();
    if (!*row) return no_entry(seq);
    return to_bytes(entry->blob(0));
}

Result<Recorded> Reader::read(const Statement& entry) {
    auto seq = entry.natural(0);
    auto recorded = check_entry(hasher_, seq, entry.blob(1), entry.blob(2));
    if (!recorded || row_of(recorded->event.type).personal.empty()) return recorded;
    auto texts = personal(seq);
    if (!texts) return texts.error();
    recorded->event.personal = std::move(*texts);
    return recorded;
}

Result<Recorded> Reader::entry(std::uint64_t seq) {
    auto entry = database_.prepare("SELECT seq, leaf, hash FROM entry WHERE seq=?");
    if (!entry) return entry.error();
    auto row = entry->bind(1, seq).step();
    if (!row) return row.error();
    if (!*row) return no_entry(seq);
    return read(*entry);
}

Status Reader::collect(std::uint64_t after, std::size_t limit, std::vector<Recorded>& out,
                       const std::function<bool(const Recorded&)>& wanted) {
    auto entries = database_.prepare("SELECT seq, leaf, hash FROM entry WHERE seq>? ORDER BY seq");
    if (!entries) return entries.error();
    entries->bind(1, after);
    while (out.size() < limit) {
        auto row = entries->step();
        if (!row) return row.error();
        if (!*row) break;
        auto recorded = read(*entries);
        if (!recorded) return recorded.error();
        if (wanted(*recorded)) out.push_back(std::move(*recorded));
    }
    return {};
}

Result<std::vector<Recorded>> Reader::entries(std::uint64_t after, std::size_t limit) {
    std::vector<Recorded> out;
    if (auto s = collect(after, limit, out, [](const Recorded&) { return true; }); !s)
        return s.error();
    return out;
}

Status Reader::collect_linked(By by, std::string_view id, std::uint64_t after, std::size_t limit,
                              std::vector<Recorded>& out) {
    auto links =
        database_.prepare("SELECT n, places FROM link WHERE kind=? AND id=? AND n>=? ORDER BY n");
    if (!links) return links.error();
    auto entry = database_.prepare("SELECT seq, leaf, hash FROM entry WHERE seq=?");
    if (!entry) return entry.error();
    links->bind(1, static_cast<std::int64_t>(by)).bind(2, id).bind(3, after / kBlockSize);
    for (;;) {
        auto row = links->step();
        if (!row) return row.error();
        if (!*row) return {};
        for (auto place : links->blob(1)) {
            auto seq = links->natural(0) * kBlockSize + place + 1;
            if (seq <= after) continue;
            if (out.size() >= limit) return {};
            entry->reset();
            auto found = entry->bind(1, seq).step();
            if (!found) return found.error();
            if (!*found) return corrupt_at(seq, "the entry is missing");
            auto recorded = read(*entry);
            if (!recorded) return recorded.error();
            out.push_back(std::move(*recorded));
        }
    }
}

// The full blocks by their links, then the open block by looking at each of its entries.
Result<std::vector<Recorded>> Reader::entries_of(By by, std::string_view id, std::uint64_t after,
                                                 std::size_t limit) {
    Snapshot snapshot(database_);
    if (!snapshot.status()) return snapshot.status().error();
    std::vector<Recorded> out;
    if (auto status = collect_linked(by, id, after, limit, out); !status) return status.error();
    auto blocks = database_.number("SELECT max(n)+1 FROM block");
    if (!blocks) return blocks.error();
    auto linked_to = static_cast<std::uint64_t>(*blocks) * kBlockSize;
    auto wanted = [&](const Recorded& recorded) { return has_link(recorded, by, id); };
    if (auto s = collect(std::max(after, linked_to), limit, out, wanted); !s) return s.error();
    return out;
}

Result<std::vector<std::pair<std::string, std::string>>> Reader::personal(std::uint64_t seq) {
    std::vector<std::pair<std::string, std::string>> out;
    if (auto status =
            prepare_once(personal_, "SELECT field, text FROM personal WHERE seq=? ORDER BY field");
        !status)
        return status.error();
    personal_->bind(1, seq);
    for (;;) {
        auto row = personal_->step();
        if (row && *row) {
            out.emplace_back(personal_->text(0), personal_->text(1));
            continue;
        }
        personal_->reset();
        if (!row) return row.error();
        return out;
    }
}

Status Reader::prepare_once(std::optional<Statement>& statement, std::string_view sql) {
    if (statement) return {};
    auto prepared = database_.prepare(sql);
    if (!prepared) return prepared.error();
    statement = std::move(*prepared);
    return {};
}

Result<std::optional<KeptRow>> Reader::settled_row(const RowKey& key) {
    auto status = prepare_once(row_, "SELECT live, body FROM view WHERE kind=? AND id=?");
    if (!status) return status.error();
    row_->bind(1, std::string_view(key.first)).bind(2, std::string_view(key.second));
    auto more = row_->step();
    std::optional<KeptRow> out;
    if (more && *more) out = KeptRow{row_->integer(0), to_bytes(row_->blob(1))};
    row_->reset();
    if (!more) return more.error();
    return out;
}

Result<std::optional<Row>> Reader::row(std::string_view kind, std::string_view id) {
    RowKey key{kind, id};
    auto kept = kept_row(key);
    if (!kept) return kept.error();
    if (!*kept) return std::optional<Row>{};
    auto row = to_row(key, **kept);
    if (!row) return row.error();
    return std::optional<Row>{std::move(*row)};
}

Result<std::optional<KeptRow>> Reader::kept_row(const RowKey& key) {
    bool held = database_.in_transaction();
    Snapshot snapshot(database_);
    if (!snapshot.status()) return snapshot.status().error();
    if (!held || !fresh_)
        if (auto status = recent_.refresh(database_); !status) return status.error();
    fresh_ = held;
    auto recent = recent_.sum().rows.find(key);
    if (recent == recent_.sum().rows.end()) return settled_row(key);
    return recent->second.body ? std::optional(recent->second) : std::nullopt;
}

// So many more are read from the table as recent rows may stand in for rows of it, or be gone.
Result<std::vector<Row>> Reader::rows(std::string_view kind, std::string_view after,
                                      std::size_t limit) {
    Snapshot snapshot(database_);
    if (!snapshot.status()) return snapshot.status().error();
    if (auto status = recent_.refresh(database_); !status) return status.error();
    std::map<RowKey, KeptRow> kept;
    const auto& recent = recent_.sum().rows;
    for (auto it = recent.upper_bound({std::string(kind), std::string(after)});
         it != recent.end() && it->first.first == kind; ++it)
        kept.insert(*it);
    auto rows = database_.prepare(
        "SELECT kind, id, live, body FROM view WHERE kind=? AND id>? ORDER BY id LIMIT ?");
    if (!rows) return rows.error();
    auto most = limit < SIZE_MAX / 2 ? limit + kept.size() : SIZE_MAX;
    rows->bind(1, kind).bind(2, after).bind(3, most);
    if (auto status = add_kept(*rows, kept); !status) return status.error();
    return to_rows(kept, limit);
}

Result<std::vector<Row>> Reader::rows_before(std::string_view kind, std::string_view before,
                                             std::size_t limit) {
    Snapshot snapshot(database_);
    if (!snapshot.status()) return snapshot.status().error();
    if (auto status = recent_.refresh(database_); !status) return status.error();
    std::map<RowKey, KeptRow> kept;
    for (const auto& [key, row] : recent_.sum().rows)
        if (key.first == kind && (before.empty() || key.second < before)) kept.emplace(key, row);
    auto found = database_.prepare(
        "SELECT kind, id, live, body FROM view WHERE kind=?1 AND (?2='' OR id<?2) "
        "ORDER BY id DESC LIMIT ?3");
    if (!found) return found.error();
    auto most = limit < SIZE_MAX / 2 ? limit + kept.size() : SIZE_MAX;
    found->bind(1, kind).bind(2, before).bind(3, most);
    if (auto status = add_kept(*found, kept); !status) return status.error();
    auto rows = to_rows(kept, SIZE_MAX);
    if (!rows) return rows;
    std::reverse(rows->begin(), rows->end());
    if (rows->size() > limit) rows->resize(limit);
    return rows;
}

Result<std::vector<SealHead>> Reader::heads() {
    Snapshot snapshot(database_);
    if (!snapshot.status()) return snapshot.status().error();
    if (auto status = recent_.refresh(database_); !status) return status.error();
    auto heads = read_heads(database_, recent_.sum());
    if (!heads) return heads.error();
    std::vector<SealHead> out;
    for (const auto& [seal, head] : *heads)
        out.push_back({seal, head.sn, head.seq});
    return out;
}

Result<std::vector<Row>> Reader::live_rows(Instant now) {
    Snapshot snapshot(database_);
    if (!snapshot.status()) return snapshot.status().error();
    if (auto status = recent_.refresh(database_); !status) return status.error();
    auto kept = recent_.sum().rows;
    auto rows = database_.prepare(
        "SELECT kind, id, live, body FROM view WHERE live<>0 AND live>=? ORDER BY kind, id");
    if (!rows) return rows.error();
    rows->bind(1, now.ms);
    if (auto status = add_kept(*rows, kept); !status) return status.error();
    std::erase_if(
        kept, [&](const auto& item) { return item.second.life == 0 || item.second.life < now.ms; });
    return to_rows(kept, SIZE_MAX);
}

Result<std::optional<Outcome>> Reader::idempotency(std::int64_t uid, std::string_view key) {
    auto outcome = database_.prepare("SELECT body, seq, at FROM idempotency WHERE uid=? AND key=?");
    if (!outcome) return outcome.error();
    auto row = outcome->bind(1, uid).bind(2, key).step();
    if (!row) return row.error();
    if (!*row) return std::optional<Outcome>{};
    return std::optional<Outcome>{
        Outcome{std::string(outcome->text(0)), outcome->natural(1), {outcome->integer(2)}}};
}

Result<std::optional<Bytes>> Reader::secret(std::string_view kind, std::string_view id) {
    auto secret = database_.prepare("SELECT blob FROM secret WHERE kind=? AND id=?");
    if (!secret) return secret.error();
    auto row = secret->bind(1, kind).bind(2, id).step();
    if (!row) return row.error();
    if (!*row) return std::optional<Bytes>{};
    return std::optional<Bytes>{to_bytes(secret->blob(0))};
}

Result<Hash> Reader::entry_hash(std::uint64_t seq) {
    auto entry = database_.prepare("SELECT hash FROM entry WHERE seq=?");
    if (!entry) return entry.error();
    auto row = entry->bind(1, seq).step();
    if (!row) return row.error();
    if (!*row) return no_entry(seq);
    return to_hash(entry->blob(0));
}

Result<Hash> Reader::block_root(std::uint64_t n) {
    if (auto s = prepare_once(block_, "SELECT root FROM block WHERE n=?"); !s) return s.error();
    auto row = block_->bind(1, n).step();
    auto root =
        row && *row ? to_hash(block_->blob(0)) : Result<Hash>(no_entry((n + 1) * kBlockSize));
    block_->reset();
    if (!row) return row.error();
    return root;
}

// Complete subtrees never change, so the large ones are remembered: a proof asks for few of them,
// and each would be worked out of hundreds of blocks.
Result<Hash> Reader::subtree(unsigned level, std::uint64_t index) {
    if (level == 0) return entry_hash(index + 1);
    if (level == kBlockLevel) return block_root(index);
    constexpr unsigned kKeptLevel = kBlockLevel + 4;
    constexpr std::size_t kMostKept = 16'384;
    auto known = level >= kKeptLevel ? subtrees_.find({level, index}) : subtrees_.end();
    if (known != subtrees_.end()) return known->second;
    auto left = subtree(level - 1, index * 2);
    if (!left) return left;
    auto right = subtree(level - 1, index * 2 + 1);
    if (!right) return right;
    auto node = hasher_.node_hash(*left, *right);
    if (level >= kKeptLevel && subtrees_.size() < kMostKept) subtrees_[{level, index}] = node;
    return node;
}

}  // namespace seals::ledger
