#include "ledger/compare.hpp"

#include <algorithm>
#include <tuple>

#include "leaf/leaf.hpp"
#include "ledger/recent.hpp"
#include "ledger/schema.hpp"

namespace seals::ledger {
namespace {

// The rows that are kept, in order of kind and id: those of the table `view`, unless a recent
// commit has a newer one, and the recent ones.
class KeptRows {
  public:
    static Result<KeptRows> over(Database& database, const std::map<RowKey, KeptRow>& recent) {
        auto views = database.prepare("SELECT kind, id, live, body FROM view ORDER BY kind, id");
        if (!views) return views.error();
        KeptRows out(std::move(*views), recent);
        if (auto status = out.step(); !status) return status.error();
        return out;
    }

    // The next row, or nullptr at the end; valid until the call after.
    Result<const std::pair<RowKey, KeptRow>*> next() {
        for (;;) {
            bool table = table_ && (at_ == recent_->end() || table_->first < at_->first);
            if (!table && at_ == recent_->end()) return nullptr;
            current_ = table ? *table_ : std::pair<RowKey, KeptRow>(*at_);
            bool both = !table && table_ && table_->first == at_->first;
            if (!table) ++at_;
            if (table || both)
                if (auto status = step(); !status) return status.error();
            if (current_.second.body) return &current_;
        }
    }

  private:
    KeptRows(Statement views, const std::map<RowKey, KeptRow>& recent)
        : views_(std::move(views)), recent_(&recent), at_(recent.begin()) {}
    Status step() {
        auto row = views_.step();
        if (!row) return row.error();
        table_.reset();
        if (*row)
            table_ = {{std::string(views_.text(0)), std::string(views_.text(1))},
                      {views_.integer(2), to_bytes(views_.blob(3))}};
        return {};
    }

    Statement views_;
    const std::map<RowKey, KeptRow>* recent_;
    std::map<RowKey, KeptRow>::const_iterator at_;
    std::optional<std::pair<RowKey, KeptRow>> table_;
    std::pair<RowKey, KeptRow> current_;
};

bool same_row(const Row& row, const KeptRow& kept) {
    auto wanted = kept_form(row);
    return wanted && *wanted == kept;
}

// Two sorted lists part here: the lesser key is the one that only one side has.
Error view_finding(const Row* wanted, const RowKey* kept) {
    auto name = [](const RowKey& key) { return "the view " + key.first + "/" + key.second; };
    auto key = wanted != nullptr ? RowKey{wanted->kind, wanted->id} : RowKey{};
    if (wanted == nullptr || (kept != nullptr && *kept < key))
        return corrupt_at(0, name(*kept) + " has no entries behind it");
    if (kept == nullptr || key < *kept) return corrupt_at(0, name(key) + " is missing");
    return corrupt_at(0, name(key) + " is not what the entries give");
}

class Comparison {
  public:
    Comparison(Database& database, Audit& audit, std::uint64_t size, Rebuilt rebuilt,
               const Recent& recent)
        : database_(database), audit_(audit), size_(size), rebuilt_(rebuilt), recent_(recent) {}

    Status check_heads();
    Status check_strays();
    Status check_keys();
    Status check_links();
    Status check_views();

  private:
    std::vector<Row> expected_rows() const;
    bool is_dropped(const std::pair<RowKey, KeptRow>& kept) const;

    Database& database_;
    Audit& audit_;
    std::uint64_t size_;
    Rebuilt rebuilt_;
    const Recent& recent_;
};

Status Comparison::check_heads() {
    auto kept = read_heads(database_, recent_);
    if (!kept) return kept.error();
    for (const auto& [seal, head] : audit_.heads())
        if (auto it = kept->find(seal); it == kept->end() || it->second != head)
            return corrupt_at(head.seq, "the chain of seal " + seal + " is not kept as it ends");
    for (const auto& [seal, head] : *kept)
        if (!audit_.heads().contains(seal))
            return corrupt_at(head.seq, "a chain is kept for a seal that has no entry");
    return {};
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
    auto links = database_.prepare("SELECT kind, id, n, places FROM link");
    if (!links) return links.error();
    for (;;) {
        auto row = links->step();
        if (!row) return row.error();
        if (!*row) break;
        auto places = links->blob(3);
        // Seq 0 is nobody's: what cannot be read as it was written.
        bool ascending = std::is_sorted(places.begin(), places.end());
        auto from = ascending && links->integer(2) >= 0 ? links->natural(2) * kBlockSize + 1 : 0;
        for (auto place : places)
            audit_.links().found(links->integer(0), links->text(1), from > 0 ? from + place : 0);
    }
    auto different = audit_.links().first_difference(size_ / kBlockSize);
    if (!different) return {};
    auto first = *different * kBlockSize + 1;
    return corrupt_at(first, "the index rows of entries " + std::to_string(first) + " to " +
                                 std::to_string(first + kBlockSize - 1) + " are not theirs");
}

// A kept row that is none of those expected may be one that the replay dropped.
Status Comparison::check_views() {
    if (!rebuilt_.rows) return {};
    auto expected = expected_rows();
    auto kept_rows = KeptRows::over(database_, recent_.rows);
    if (!kept_rows) return kept_rows.error();
    std::size_t dropped = 0;
    for (auto row = expected.begin();;) {
        auto next = kept_rows->next();
        if (!next) return next.error();
        const auto* kept = *next;
        if (kept == nullptr && row == expected.end()) break;
        const Row* wanted = row == expected.end() ? nullptr : &*row;
        if (wanted != nullptr && kept != nullptr &&
            kept->first == RowKey{wanted->kind, wanted->id}) {
            if (!same_row(*wanted, kept->second)) return view_finding(wanted, &kept->first);
            ++row;
        } else if (kept != nullptr && is_dropped(*kept)) {
            ++dropped;
        } else {
            return view_finding(wanted, kept != nullptr ? &kept->first : nullptr);
        }
    }
    if (rebuilt_.dropped == nullptr || dropped == rebuilt_.dropped->size()) return {};
    return corrupt_at(0, std::to_string(rebuilt_.dropped->size() - dropped) +
                             " rows of the views went away while the ledger was verified");
}

// In the order of the kept ones.
std::vector<Row> Comparison::expected_rows() const {
    auto rows = rebuilt_.rows();
    std::erase_if(rows, [](const Row& row) { return !row.body; });
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
    });
    return rows;
}

bool Comparison::is_dropped(const std::pair<RowKey, KeptRow>& kept) const {
    return rebuilt_.dropped != nullptr && rebuilt_.dropped->has(kept.first, kept.second);
}

}  // namespace

Status compare_tables(Database& database, Audit& audit, std::uint64_t size, Rebuilt rebuilt) {
    auto recent = read_recent(database);
    if (!recent) return recent.error();
    Comparison comparison(database, audit, size, rebuilt, recent->sum);
    for (auto step : {&Comparison::check_heads, &Comparison::check_strays, &Comparison::check_keys,
                      &Comparison::check_links, &Comparison::check_views})
        if (auto status = (comparison.*step)(); !status) return status;
    return {};
}

}  // namespace seals::ledger
