#include "engine/renewal.hpp"

#include "base/log.hpp"
#include "engine/replay.hpp"
#include "rules/row.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kPage = 1000;

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
    Replay replay;
    for (std::uint64_t at = 0; at < ledger.size();) {
        auto page = reader.entries(at, kPage);
        if (!page) return page.error();
        if (page->empty()) return Error{Code::corrupt, "entries are missing", "run sealctl verify"};
        for (const auto& entry : *page)
            replay.take(entry);
        at = page->back().seq;
    }
    return ledger.replace_views(replay.rows());
}

}  // namespace seals::engine
