#include "engine/renewal.hpp"

#include <unordered_set>

#include "base/log.hpp"
#include "engine/replay.hpp"
#include "rules/row.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kPage = 1000;

// What has settled goes straight to where it belongs.
class MadeShelf : public RowShelf {
  public:
    explicit MadeShelf(ledger::ViewMaker& maker) : maker_(maker) {}
    Result<bool> put(const ledger::Row& row) override {
        put_.insert(hash_of({row.kind, row.id}));
        auto status = maker_.put(row);
        return status ? Result<bool>(true) : status.error();
    }
    // Most keys that an entry names were never put: the table is not asked for these.
    Result<std::optional<ledger::Row>> get(const rules::Key& key) override {
        if (!put_.contains(hash_of(key))) return std::optional<ledger::Row>{};
        return maker_.row(key);
    }
    void forget(const rules::Key&) override {}  // the later form is put in its place

  private:
    static std::size_t hash_of(const rules::Key& key) {
        return std::hash<std::string>{}(key.first) * 31 + std::hash<std::string>{}(key.second);
    }

    std::unordered_set<std::size_t> put_;
    ledger::ViewMaker& maker_;
};

Status replay_all(Replay& replay, ledger::Reader& reader, std::uint64_t size) {
    for (std::uint64_t at = 0; at < size;) {
        auto page = reader.entries(at, kPage);
        if (!page) return page.error();
        if (page->empty()) return Error{Code::corrupt, "entries are missing", "run sealctl verify"};
        for (const auto& entry : *page)
            if (auto status = replay.take(entry); !status) return status;
        at = page->back().seq;
    }
    return {};
}

// 0: none was written, which is what the first programs did.
Result<std::int64_t> version_of(ledger::Reader& reader) {
    auto row = reader.row("node", "node");
    if (!row) return row.error();
    if (!*row || !(*row)->body) return std::int64_t{0};
    return (*row)->body->integer_or("rows");
}

}  // namespace

Status renew_views(ledger::Ledger& ledger, ledger::Reader& reader) {
    auto version = version_of(reader);
    if (!version) return version.error();
    if (*version == rules::kRowVersion || ledger.size() <= 1) return {};
    log(Priority::notice, "engine", "the views are made anew from the entries",
        {{"entries", std::to_string(ledger.size())}, {"had", std::to_string(*version)}});
    return remake_views(ledger, reader);
}

Status remake_views(ledger::Ledger& ledger, ledger::Reader& reader) {
    return ledger.remake_views([&](ledger::ViewMaker& maker) -> Status {
        MadeShelf shelf(maker);
        Replay replay(shelf);
        if (auto status = replay_all(replay, reader, ledger.size()); !status) return status;
        for (const auto& row : replay.rows())
            if (auto status = maker.put(row); !status) return status;
        return {};
    });
}

}  // namespace seals::engine
