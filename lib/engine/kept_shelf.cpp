#include "engine/kept_shelf.hpp"

namespace seals::engine {

Status KeptShelf::open() {
    snapshot_ = reader_.hold();
    return snapshot_->status();
}

Result<bool> KeptShelf::put(const ledger::Row& row) {
    ledger::RowKey key{row.kind, row.id};
    auto wanted = ledger::kept_form(row);
    if (!wanted) return wanted.error();
    auto kept = reader_.kept_row(key);
    if (!kept && kept.error().code != Code::corrupt) return kept.error();
    if (!kept || !*kept || **kept != *wanted)
        return false;  // the comparison will say what is wrong
    digests_.add(key, *wanted);
    return true;
}

Result<std::optional<ledger::Row>> KeptShelf::get(const rules::Key& key) {
    if (!digests_.has(key)) return std::optional<ledger::Row>{};
    auto kept = reader_.kept_row(key);
    if (!kept && kept.error().code != Code::corrupt) return kept.error();
    if (!kept || !*kept || !digests_.has(key, **kept)) {
        overtaken_ = true;
        return unavailable("the view " + key.first + "/" + key.second +
                           " changed while the ledger was verified");
    }
    auto row = ledger::to_row(key, **kept);
    if (!row) return row.error();
    return std::optional<ledger::Row>{std::move(*row)};
}

}  // namespace seals::engine
