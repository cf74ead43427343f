#include "ledger/transaction.hpp"

#include <algorithm>

#include "ledger/schema.hpp"

namespace seals::ledger {

Result<Transaction> Transaction::prepare(Database& database) {
    Transaction out;
    const std::pair<Statement*, const char*> kStatements[] = {
        {&out.begin_, "BEGIN IMMEDIATE"},
        {&out.commit_, "COMMIT"},
        {&out.entry_, "INSERT INTO entry(seq, leaf, hash) VALUES(?,?,?)"},
        {&out.personal_, "INSERT INTO personal(seq, field, salt, text) VALUES(?,?,?,?)"},
        {&out.block_, "INSERT INTO block(n, root) VALUES(?,?)"},
        {&out.link_, "INSERT INTO link(kind, id, n, places) VALUES(?,?,?,?)"},
        {&out.ring_, "INSERT OR REPLACE INTO ring(slot, n, size, root, body) VALUES(?,?,?,?,?)"},
        {&out.no_ring_, "DELETE FROM ring"},
        {&out.head_, "INSERT OR REPLACE INTO head(seal, sn, seq, root) VALUES(?,?,?,?)"},
        // A row that stays live (or not) is updated without a touch on the index of live rows.
        {&out.add_row_,
         "INSERT INTO view(kind, id, live, body) VALUES(?,?,?,?) ON CONFLICT(kind, id) DO "
         "UPDATE SET body=excluded.body WHERE live=excluded.live"},
        {&out.put_row_, "INSERT OR REPLACE INTO view(kind, id, live, body) VALUES(?,?,?,?)"},
        {&out.drop_row_, "DELETE FROM view WHERE kind=? AND id=?"},
        {&out.idempotency_, "INSERT INTO idempotency(uid, key, body, seq, at) VALUES(?,?,?,?,?)"},
        {&out.put_secret_, "INSERT OR REPLACE INTO secret(kind, id, blob) VALUES(?,?,?)"},
        {&out.drop_secret_, "DELETE FROM secret WHERE kind=? AND id=?"},
        {&out.drop_personal_, "DELETE FROM personal WHERE seq=? AND field=?"}};
    for (auto [statement, sql] : kStatements) {
        auto prepared = database.prepare(sql);
        if (!prepared) return prepared.error();
        *statement = std::move(*prepared);
    }
    return out;
}

Status Transaction::write(Database& database, const Commit& commit) {
    if (auto status = begin_.run(); !status) return status;
    auto status = write_all(database, commit);
    if (status) status = commit_.run();
    if (!status && database.in_transaction()) (void)database.run("ROLLBACK");
    return status;
}

Status ViewMaker::put(const Row& row) {
    auto kept = kept_form(row);
    if (!kept) return kept.error();
    return transaction_.write_row(database_, {row.kind, row.id}, *kept);
}

Result<std::optional<Row>> ViewMaker::row(const RowKey& key) {
    if (!row_) {
        auto prepared = database_.prepare("SELECT live, body FROM view WHERE kind=? AND id=?");
        if (!prepared) return prepared.error();
        row_ = std::move(*prepared);
    }
    row_->bind(1, std::string_view(key.first)).bind(2, std::string_view(key.second));
    auto found = row_->step();
    std::optional<Row> out;
    Status status = found ? Status{} : Status{found.error()};
    if (found && *found) {
        auto row = to_row(key, {row_->integer(0), to_bytes(row_->blob(1))});
        if (row) out = std::move(*row);
        if (!row) status = row.error();
    }
    row_->reset();
    if (!status) return status.error();
    return out;
}

Status Transaction::remake_views(Database& database, const TreeState& tree, std::uint64_t n,
                                 const Recent& heads,
                                 const std::function<Status(ViewMaker&)>& make) {
    if (auto status = begin_.run(); !status) return status;
    auto status = database.run("DELETE FROM view");
    if (status) {
        ViewMaker maker(database, *this);
        status = make(maker);
    }
    if (status) status = write_settled(database, tree, n, heads);
    if (status) status = commit_.run();
    if (!status && database.in_transaction()) (void)database.run("ROLLBACK");
    return status;
}

// At an orderly end the slots go as well: what they hold may be personal.
Status Transaction::settle(Database& database, const TreeState& tree, const RecentCommits& recent,
                           Ring ring) {
    if (auto status = begin_.run(); !status) return status;
    auto status = write_settled(database, tree, recent.last, recent.sum);
    if (status && ring == Ring::emptied) status = no_ring_.run();
    if (status) status = commit_.run();
    if (!status && database.in_transaction()) (void)database.run("ROLLBACK");
    return status;
}

Status Transaction::write_all(Database& database, const Commit& commit) {
    const auto& draft = commit.draft;
    for (const auto& entry : draft.entries)
        if (auto status = write_entry(entry); !status) return status;
    for (const auto& block : draft.blocks)
        if (auto s = write_block(commit.tail, block, &block == draft.blocks.data()); !s) return s;
    for (const auto& idempotency : commit.idempotency)
        if (auto status = write_idempotency(draft, idempotency); !status) return status;
    for (const auto& secret : commit.secrets)
        if (auto status = write_secret(secret); !status) return status;
    if (commit.settled == nullptr) return write_recent(commit);
    if (auto s = write_settled(database, commit.tree, commit.n, *commit.settled); !s) return s;
    return commit.erased.empty() ? Status{} : write_erased(commit.erased);
}

Status Transaction::write_recent(const Commit& commit) {
    auto body = commit.recent.pack();
    ring_.bind(1, commit.n % kSettleEvery).bind(2, commit.n).bind(3, commit.tree.size);
    return ring_.bind(4, ByteView(commit.tree.root)).bind(5, ByteView(body)).run();
}

Status Transaction::write_settled(Database& database, const TreeState& tree, std::uint64_t n,
                                  const Recent& recent) {
    if (auto status = write_heads(tree, n, recent); !status) return status;
    for (const auto& [key, row] : recent.rows)
        if (auto status = write_row(database, key, row); !status) return status;
    return {};
}

Status Transaction::write_entry(const Entry& entry) {
    auto seq = entry.recorded.seq;
    if (auto s =
            entry_.bind(1, seq).bind(2, ByteView(entry.leaf)).bind(3, ByteView(entry.hash)).run();
        !s)
        return s;
    for (const auto& [field, salt, text] : entry.personal) {
        personal_.bind(1, seq).bind(2, std::string_view(field));
        personal_.bind(3, ByteView(salt)).bind(4, std::string_view(text));
        if (auto status = personal_.run(); !status) return status;
    }
    return {};
}

Status Transaction::write_block(const Tail& tail, const FullBlock& block, bool first) {
    if (auto status = block_.bind(1, block.n).bind(2, ByteView(block.root)).run(); !status)
        return status;
    auto links = block.links;
    if (first) links.insert(links.end(), tail.links.begin(), tail.links.end());
    return write_links(block.n, std::move(links));
}

// In the order of the table: neighbours share a page.
Status Transaction::write_links(std::uint64_t n, std::vector<Link> links) {
    std::sort(links.begin(), links.end());
    Bytes places;
    for (auto link = links.begin(); link != links.end();) {
        const auto& first = *link;
        places.clear();
        for (; link != links.end() && link->by == first.by && link->id == first.id; ++link)
            places.push_back(static_cast<std::uint8_t>(link->seq - 1 - n * kBlockSize));
        link_.bind(1, static_cast<std::int64_t>(first.by)).bind(2, std::string_view(first.id));
        if (auto status = link_.bind(3, n).bind(4, ByteView(places)).run(); !status) return status;
    }
    return {};
}

Status Transaction::write_heads(const TreeState& tree, std::uint64_t n, const Recent& recent) {
    for (const auto& [seal, head] : recent.heads) {
        head_.bind(1, std::string_view(seal)).bind(2, head.sn).bind(3, head.seq);
        if (auto status = head_.bind(4, ByteView{}).run(); !status) return status;
    }
    head_.bind(1, std::string_view{}).bind(2, tree.size).bind(3, n);
    return head_.bind(4, ByteView(tree.root)).run();
}

Status Transaction::write_row(Database& database, const RowKey& key, const KeptRow& row) {
    std::string_view kind = key.first;
    std::string_view id = key.second;
    if (!row.body) return drop_row_.bind(1, kind).bind(2, id).run();
    ByteView body = *row.body;
    for (auto* statement : {&add_row_, &put_row_}) {
        statement->bind(1, kind).bind(2, id).bind(3, row.life).bind(4, body);
        if (auto status = statement->run(); !status) return status;
        if (database.changes() > 0) break;
    }
    return {};
}

Status Transaction::write_idempotency(const Draft& draft, const Idempotency& idempotency) {
    const auto& recorded = draft.entries[idempotency.event].recorded;
    idempotency_.bind(1, idempotency.uid).bind(2, std::string_view(idempotency.key));
    idempotency_.bind(3, std::string_view(idempotency.body_sha256));
    return idempotency_.bind(4, recorded.seq).bind(5, recorded.at.ms).run();
}

// The mark stays until scrub() has rewritten the file: deleted text lingers in its pages.
Status Transaction::write_erased(std::span<const ErasedText> texts) {
    for (const auto& text : texts) {
        drop_personal_.bind(1, text.seq).bind(2, std::string_view(text.field));
        if (auto status = drop_personal_.run(); !status) return status;
    }
    if (auto status = no_ring_.run(); !status) return status;
    put_secret_.bind(1, kScrubKind).bind(2, std::string_view{});
    return put_secret_.bind(3, ByteView{}).run();
}

Status Transaction::write_secret(const Secret& secret) {
    std::string_view kind = secret.kind;
    std::string_view id = secret.id;
    if (!secret.blob) return drop_secret_.bind(1, kind).bind(2, id).run();
    return put_secret_.bind(1, kind).bind(2, id).bind(3, ByteView(*secret.blob)).run();
}

}  // namespace seals::ledger
