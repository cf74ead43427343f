#include "ledger/transaction.hpp"

#include <algorithm>

namespace seals::ledger {

Result<Transaction> Transaction::prepare(Database& database) {
    Transaction out;
    const std::pair<Statement*, const char*> kStatements[] = {
        {&out.begin_, "BEGIN IMMEDIATE"},
        {&out.commit_, "COMMIT"},
        {&out.entry_, "INSERT INTO entry(seq, leaf, hash) VALUES(?,?,?)"},
        {&out.personal_, "INSERT INTO personal(seq, field, salt, text) VALUES(?,?,?,?)"},
        {&out.block_, "INSERT INTO block(n, root) VALUES(?,?)"},
        {&out.link_, "INSERT INTO link(kind, id, seq) VALUES(?,?,?)"},
        {&out.head_, "INSERT OR REPLACE INTO head(seal, sn, seq, root) VALUES(?,?,?,?)"},
        // A row that stays live (or not) is updated without a touch on the index of live rows.
        {&out.update_row_, "UPDATE view SET body=? WHERE kind=? AND id=? AND live=?"},
        {&out.put_row_, "INSERT OR REPLACE INTO view(kind, id, live, body) VALUES(?,?,?,?)"},
        {&out.drop_row_, "DELETE FROM view WHERE kind=? AND id=?"},
        {&out.idempotency_, "INSERT INTO idempotency(uid, key, body, seq, at) VALUES(?,?,?,?,?)"},
        {&out.put_secret_, "INSERT OR REPLACE INTO secret(kind, id, blob) VALUES(?,?,?)"},
        {&out.drop_secret_, "DELETE FROM secret WHERE kind=? AND id=?"}};
    for (auto [statement, sql] : kStatements) {
        auto prepared = database.prepare(sql);
        if (!prepared) return prepared.error();
        *statement = std::move(*prepared);
    }
    return out;
}

Status Transaction::write(Database& database, leaf::Hasher& hasher, const Tail& tail,
                          const Draft& draft, const Extras& extras) {
    if (auto status = begin_.run(); !status) return status;
    auto status = write_all(database, hasher, tail, draft, extras);
    if (status) status = commit_.run();
    if (!status && database.in_transaction()) (void)database.run("ROLLBACK");
    return status;
}

Status Transaction::write_all(Database& database, leaf::Hasher& hasher, const Tail& tail,
                              const Draft& draft, const Extras& extras) {
    for (const auto& entry : draft.entries)
        if (auto status = write_entry(entry); !status) return status;
    for (const auto& block : draft.blocks)
        if (auto status = write_block(tail, block, &block == draft.blocks.data()); !status)
            return status;
    if (!draft.entries.empty())
        if (auto status = write_heads(hasher, draft); !status) return status;
    if (auto status = write_rows(database, extras); !status) return status;
    for (const auto& idempotency : extras.idempotency)
        if (auto status = write_idempotency(draft, idempotency); !status) return status;
    for (const auto& secret : extras.secrets)
        if (auto status = write_secret(secret); !status) return status;
    return {};
}

Status Transaction::replace_views(Database& database, const Extras& extras) {
    if (auto status = begin_.run(); !status) return status;
    auto status = database.run("DELETE FROM view");
    if (status) status = write_rows(database, extras);
    if (status) status = commit_.run();
    if (!status && database.in_transaction()) (void)database.run("ROLLBACK");
    return status;
}

Status Transaction::write_rows(Database& database, const Extras& extras) {
    for (std::size_t i = 0; i < extras.rows.size(); ++i)
        if (auto status = write_row(database, extras.rows[i], extras.bodies[i]); !status)
            return status;
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
    return write_links(std::move(links));
}

// In the order of the table: neighbours share a page.
Status Transaction::write_links(std::vector<Link> links) {
    std::sort(links.begin(), links.end());
    for (const auto& link : links) {
        link_.bind(1, static_cast<std::int64_t>(link.by)).bind(2, std::string_view(link.id));
        if (auto status = link_.bind(3, link.seq).run(); !status) return status;
    }
    return {};
}

Status Transaction::write_heads(leaf::Hasher& hasher, const Draft& draft) {
    for (const auto& [seal, head] : draft.heads) {
        head_.bind(1, std::string_view(seal)).bind(2, head.sn).bind(3, head.seq);
        if (auto status = head_.bind(4, ByteView{}).run(); !status) return status;
    }
    auto root = draft.tree.root(hasher);
    auto size = draft.tree.size();
    return head_.bind(1, std::string_view{})
        .bind(2, size)
        .bind(3, size)
        .bind(4, ByteView(root))
        .run();
}

Status Transaction::write_row(Database& database, const Row& row, ByteView body) {
    std::string_view kind = row.kind;
    std::string_view id = row.id;
    auto live = stored_life(row);
    if (!row.body) return drop_row_.bind(1, kind).bind(2, id).run();
    if (auto s = update_row_.bind(1, body).bind(2, kind).bind(3, id).bind(4, live).run(); !s)
        return s;
    if (database.changes() > 0) return {};
    return put_row_.bind(1, kind).bind(2, id).bind(3, live).bind(4, body).run();
}

Status Transaction::write_idempotency(const Draft& draft, const Idempotency& idempotency) {
    const auto& recorded = draft.entries[idempotency.event].recorded;
    idempotency_.bind(1, idempotency.uid).bind(2, std::string_view(idempotency.key));
    idempotency_.bind(3, std::string_view(idempotency.body_sha256));
    return idempotency_.bind(4, recorded.seq).bind(5, recorded.at.ms).run();
}

Status Transaction::write_secret(const Secret& secret) {
    std::string_view kind = secret.kind;
    std::string_view id = secret.id;
    if (!secret.blob) return drop_secret_.bind(1, kind).bind(2, id).run();
    return put_secret_.bind(1, kind).bind(2, id).bind(3, ByteView(*secret.blob)).run();
}

}  // namespace seals::ledger
