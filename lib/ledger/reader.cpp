#include "ledger/reader.hpp"

#include <algorithm>

#include "leaf/canonical.hpp"
#include "ledger/schema.hpp"
#include "ledger/tail.hpp"

namespace seals::ledger {
namespace {

Error no_entry(std::uint64_t seq) {
    return Error{Code::not_found, "the ledger has no entry " + std::to_string(seq)};
}

// Columns kind, id, live, body.
Result<Row> to_row(const Statement& from) {
    Row row{std::string(from.text(0)), std::string(from.text(1)), false, {}, {}};
    set_life(row, from.integer(2));
    auto body = leaf::decode_value(from.blob(3));
    if (!body)
        return Error{Code::corrupt, "view " + row.kind + "/" + row.id + ": " + body.error().detail,
                     kRestoreRemedy};
    row.body = std::move(*body);
    return row;
}

Result<std::vector<Row>> all_rows(Statement& rows) {
    std::vector<Row> out;
    for (;;) {
        auto more = rows.step();
        if (!more) return more.error();
        if (!*more) return out;
        auto row = to_row(rows);
        if (!row) return row.error();
        out.push_back(std::move(*row));
    }
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
    auto size = database_.number("SELECT sn FROM head WHERE seal=''");
    if (!size) return size.error();
    return static_cast<std::uint64_t>(*size);
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
    auto linked = database_.prepare(
        "SELECT entry.seq, leaf, hash FROM link CROSS JOIN entry ON entry.seq=link.seq "
        "WHERE link.kind=? AND link.id=? AND link.seq>? ORDER BY link.seq LIMIT ?");
    if (!linked) return linked.error();
    linked->bind(1, static_cast<std::int64_t>(by)).bind(2, id).bind(3, after);
    linked->bind(4, limit);
    for (;;) {
        auto row = linked->step();
        if (!row) return row.error();
        if (!*row) return {};
        auto recorded = read(*linked);
        if (!recorded) return recorded.error();
        out.push_back(std::move(*recorded));
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
    if (!personal_) {
        auto prepared =
            database_.prepare("SELECT field, text FROM personal WHERE seq=? ORDER BY field");
        if (!prepared) return prepared.error();
        personal_ = std::move(*prepared);
    }
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

Result<std::optional<Row>> Reader::row(std::string_view kind, std::string_view id) {
    auto rows = database_.prepare("SELECT kind, id, live, body FROM view WHERE kind=? AND id=?");
    if (!rows) return rows.error();
    auto found = rows->bind(1, kind).bind(2, id).step();
    if (!found) return found.error();
    if (!*found) return std::optional<Row>{};
    auto row = to_row(*rows);
    if (!row) return row.error();
    return std::optional<Row>{std::move(*row)};
}

Result<std::vector<Row>> Reader::rows(std::string_view kind, std::string_view after,
                                      std::size_t limit) {
    auto rows = database_.prepare(
        "SELECT kind, id, live, body FROM view WHERE kind=? AND id>? ORDER BY id LIMIT ?");
    if (!rows) return rows.error();
    rows->bind(1, kind).bind(2, after).bind(3, limit);
    return all_rows(*rows);
}

Result<std::vector<SealHead>> Reader::heads() {
    auto rows = database_.prepare("SELECT seal, sn, seq FROM head WHERE seal<>''");
    if (!rows) return rows.error();
    std::vector<SealHead> out;
    for (;;) {
        auto more = rows->step();
        if (!more) return more.error();
        if (!*more) return out;
        out.push_back({std::string(rows->text(0)), rows->natural(1), rows->natural(2)});
    }
}

Result<std::vector<Row>> Reader::live_rows(Instant now) {
    auto rows = database_.prepare(
        "SELECT kind, id, live, body FROM view WHERE live<>0 AND live>=? ORDER BY kind, id");
    if (!rows) return rows.error();
    rows->bind(1, now.ms);
    return all_rows(*rows);
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
    auto block = database_.prepare("SELECT root FROM block WHERE n=?");
    if (!block) return block.error();
    auto row = block->bind(1, n).step();
    if (!row) return row.error();
    if (!*row) return no_entry((n + 1) * kBlockSize);
    return to_hash(block->blob(0));
}

Result<Hash> Reader::subtree(unsigned level, std::uint64_t index) {
    if (level == 0) return entry_hash(index + 1);
    if (level == kBlockLevel) return block_root(index);
    auto left = subtree(level - 1, index * 2);
    if (!left) return left;
    auto right = subtree(level - 1, index * 2 + 1);
    if (!right) return right;
    return hasher_.node_hash(*left, *right);
}

}  // namespace seals::ledger
