#include "ledger/compare.hpp"

#include <algorithm>
#include <tuple>

#include "leaf/canonical.hpp"
#include "ledger/schema.hpp"

namespace seals::ledger {
namespace {

// Columns kind, id, live, body.
bool same_row(const Row& row, const Statement& stored) {
    auto body = leaf::encode_value(*row.body);
    if (!body || row.kind != stored.text(0) || row.id != stored.text(1)) return false;
    auto bytes = stored.blob(3);
    return stored_life(row) == stored.integer(2) &&
           std::equal(body->begin(), body->end(), bytes.begin(), bytes.end());
}

// Two sorted lists part here: the lesser key is the one that only one side has.
Error view_finding(const Row* row, const Statement* stored) {
    auto name = [](std::string_view kind, std::string_view id) {
        return std::string(kind) + "/" + std::string(id);
    };
    auto wanted = row != nullptr ? std::pair{std::string_view(row->kind), std::string_view(row->id)}
                                 : std::pair<std::string_view, std::string_view>{};
    auto kept = stored != nullptr ? std::pair{stored->text(0), stored->text(1)}
                                  : std::pair<std::string_view, std::string_view>{};
    if (row == nullptr || (stored != nullptr && kept < wanted))
        return corrupt_at(
            0, "the view " + name(kept.first, kept.second) + " has no entries behind it");
    if (stored == nullptr || wanted < kept)
        return corrupt_at(0, "the view " + name(wanted.first, wanted.second) + " is missing");
    return corrupt_at(
        0, "the view " + name(wanted.first, wanted.second) + " is not what the entries give");
}

class Comparison {
  public:
    Comparison(Database& database, Audit& audit, std::uint64_t size,
               const std::function<std::vector<Row>()>& rows)
        : database_(database), audit_(audit), size_(size), rows_(rows) {}

    Status check_heads();
    Status check_strays();
    Status check_keys();
    Status check_links();
    Status check_views();

  private:
    Database& database_;
    Audit& audit_;
    std::uint64_t size_;
    const std::function<std::vector<Row>()>& rows_;
};

Status Comparison::check_heads() {
    auto heads = database_.prepare("SELECT seal, sn, seq FROM head WHERE seal<>'' ORDER BY seal");
    if (!heads) return heads.error();
    auto expected = audit_.heads().begin();
    auto end = audit_.heads().end();
    for (;; ++expected) {
        auto row = heads->step();
        if (!row) return row.error();
        if (!*row && expected == end) return {};
        bool same = *row && expected != end && heads->text(0) == expected->first &&
                    heads->natural(1) == expected->second.sn &&
                    heads->natural(2) == expected->second.seq;
        if (same) continue;
        if (expected == end)
            return corrupt_at(heads->natural(2), "a chain is kept for a seal that has no entry");
        return corrupt_at(expected->second.seq,
                          "the chain of seal " + expected->first + " is not kept as it ends");
    }
}

Status Comparison::check_strays() {
    auto stray = database_.prepare("SELECT seq FROM personal WHERE seq<1 OR seq>? LIMIT 1");
    if (!stray) return stray.error();
    auto row = stray->bind(1, size_).step();
    if (!row) return row.error();
    if (!*row) return {};
    return corrupt_at(stray->natural(0), "the vault has a text of an entry that does not exist");
}

// Every leaf's key was found in the table; now that the table has no others.
Status Comparison::check_keys() {
    auto keys = database_.prepare("SELECT seq, uid, key FROM idempotency ORDER BY seq");
    if (!keys) return keys.error();
    auto entry = database_.prepare("SELECT leaf FROM entry WHERE seq=?");
    if (!entry) return entry.error();
    auto count = database_.number("SELECT count(*) FROM idempotency");
    if (!count) return count.error();
    if (static_cast<std::uint64_t>(*count) == audit_.keys()) return {};
    for (;;) {
        auto row = keys->step();
        if (!row) return row.error();
        if (!*row) return corrupt_at(0, "two entries say the same idempotency key");
        entry->reset();
        auto found = entry->bind(1, keys->natural(0)).step();
        if (!found) return found.error();
        auto leaf = *found ? leaf::decode(entry->blob(0)) : Result<leaf::Leaf>(leaf::Leaf{});
        const auto* said = leaf ? leaf->data.find("idempotency") : nullptr;
        if (said == nullptr || said->text_or("key") != keys->text(2) ||
            said->integer_or("uid", -1) != keys->integer(1))
            return corrupt_at(keys->natural(0), "an idempotency key is kept that its leaf has not");
    }
}

Status Comparison::check_links() {
    auto links = database_.prepare("SELECT kind, id, seq FROM link");
    if (!links) return links.error();
    for (;;) {
        auto row = links->step();
        if (!row) return row.error();
        if (!*row) break;
        audit_.links().found(links->integer(0), links->text(1), links->natural(2));
    }
    auto different = audit_.links().first_difference(size_ / kBlockSize);
    if (!different) return {};
    auto first = *different * kBlockSize + 1;
    return corrupt_at(first, "the index rows of entries " + std::to_string(first) + " to " +
                                 std::to_string(first + kBlockSize - 1) + " are not theirs");
}

// Both sides in the order of kind and id.
Status Comparison::check_views() {
    if (!rows_) return {};
    auto expected = rows_();
    std::erase_if(expected, [](const Row& row) { return !row.body; });
    std::sort(expected.begin(), expected.end(), [](const Row& a, const Row& b) {
        return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
    });
    auto views = database_.prepare("SELECT kind, id, live, body FROM view ORDER BY kind, id");
    if (!views) return views.error();
    for (auto row = expected.begin();; ++row) {
        auto more = views->step();
        if (!more) return more.error();
        if (!*more && row == expected.end()) return {};
        if (row == expected.end() || !*more || !same_row(*row, *views))
            return view_finding(row == expected.end() ? nullptr : &*row, *more ? &*views : nullptr);
    }
}

}  // namespace

Status compare_tables(Database& database, Audit& audit, std::uint64_t size,
                      const std::function<std::vector<Row>()>& rows) {
    Comparison comparison(database, audit, size, rows);
    for (auto step : {&Comparison::check_heads, &Comparison::check_strays, &Comparison::check_keys,
                      &Comparison::check_links, &Comparison::check_views})
        if (auto status = (comparison.*step)(); !status) return status;
    return {};
}

}  // namespace seals::ledger
