// Ledger::scrub(): what was erased leaves the file, too. Deleting is not enough, not even with
// SQLite's secure_delete: where pages were split or merged, copies of old rows stay in their gaps.
#include "ledger/ledger.hpp"

namespace seals::ledger {
namespace {

// TRUNCATE: all of the log goes into the file, and the log is emptied. It waits for readers for a
// moment only.
Status cut_log(Database& database) {
    auto checkpoint = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!checkpoint) return checkpoint.error();
    auto row = checkpoint->step();
    if (!row) return row.error();
    if (*row && checkpoint->integer(0) == 0) return {};
    return unavailable("somebody reads an older state of the ledger",
                       "nothing: it is tried again in a moment");
}

}  // namespace

Result<bool> Ledger::scrub_due() {
    auto marks = database_.number("SELECT count(*) FROM secret WHERE kind='" +
                                  std::string(kScrubKind) + "'");
    if (!marks) return marks.error();
    return *marks > 0;
}

// The log is cut first, so that a reader that is in the way costs no copy of the whole file.
Status Ledger::write_anew() {
    if (auto status = cut_log(database_); !status) return status;
    if (auto status = database_.run("VACUUM"); !status) return status;
    return cut_log(database_);
}

Status Ledger::scrub() {
    if (stopped_) return unavailable("the ledger is read-only since a disk error");
    auto due = scrub_due();
    if (!due) return due.error();
    if (!*due) return {};
    auto status = write_anew();
    if (status)
        status = database_.run("DELETE FROM secret WHERE kind='" + std::string(kScrubKind) + "'");
    return status ? Status{} : Status{give_up(status.error())};
}

}  // namespace seals::ledger
