#include "ledger/ledger.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/fd.hpp"
#include "ledger/draft.hpp"
#include "ledger/schema.hpp"

namespace seals::ledger {
namespace {

constexpr std::int64_t kLedgerFormat = 1;
constexpr std::size_t kOriginBytes = 200;
constexpr std::size_t kSettleAfter = 240;  // commits
constexpr std::size_t kRowsAtOnce = 512;

// Origins are key names of signed notes: no space, no plus. See facts of C2SP signed-note.
Status check_origin(const Birth& birth) {
    const auto& origin = birth.origin;
    bool odd = origin.find_first_of(" \t\r\n+") != std::string::npos;
    if (origin.empty() || origin.size() > kOriginBytes || odd)
        return invalid("origin",
                       "an origin is <organisation domain>/<node id>, without spaces or +");
    if (origin.ends_with("/sim") != birth.simulated)
        return invalid("origin", birth.simulated ? "the origin of a simulated ledger ends in /sim"
                                                 : "only a simulated ledger's origin ends in /sim");
    return {};
}

// The one time we touch the file ourselves: before SQLite has it open, so that no lock of SQLite's
// is lost by our closing it. O_EXCL keeps this from a file that is there.
Status make_file(const std::string& path) {
    Fd file(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file || errno == EEXIST) return {};
    return unavailable(path + ": " + std::strerror(errno), "check the directory and its owner");
}

// page_size (of a new file): half the default, since a commit writes whole pages and an entry is
// small. journal_size_limit: after a burst the WAL shrinks again.
Status set_pragmas(Database& database) {
    return database.run(
        "PRAGMA page_size=2048;PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA wal_autocheckpoint=4000;PRAGMA journal_size_limit=16777216;"
        "PRAGMA cell_size_check=ON;");
}

Result<Database> open_database(const std::string& path, const Options& options) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0 && errno == ENOENT)
        return Error{Code::not_found, path + ": no such file"};
    auto database = Database::open(path, Access::write, options.vfs);
    if (!database) return database;
    if (auto status = set_pragmas(*database); !status) {
        status.error().detail = path + ": " + status.error().detail;
        return status.error();
    }
    return database;
}

rules::Event birth_event(const Birth& birth, Instant now) {
    rules::Event event;
    event.type = EventType::ledger_created;
    event.at = now;
    event.actor = device_actor();
    event.data.add("format", kLedgerFormat);
    event.data.add("origin", birth.origin);
    event.data.add("simulated", birth.simulated);
    return event;
}

Error stopped_error() {
    return unavailable("the ledger is read-only since a disk error",
                       "check the disk, then restart sealsd");
}

Result<std::map<RowKey, KeptRow>> kept_rows(std::span<const Row> rows) {
    std::map<RowKey, KeptRow> out;
    for (const auto& row : rows) {
        auto kept = kept_form(row);
        if (!kept) return kept.error();
        out[{row.kind, row.id}] = std::move(*kept);
    }
    return out;
}

}  // namespace

Result<Ledger> Ledger::over(Database database) {
    auto transaction = Transaction::prepare(database);
    if (!transaction) return transaction.error();
    return Ledger(std::move(database), std::move(*transaction));
}

Result<Ledger> Ledger::create(const std::string& path, const Birth& birth, Instant now,
                              const Stamp& stamp, const Options& options) {
    if (auto status = check_origin(birth); !status) return status.error();
    if (auto status = make_file(path); !status) return status.error();
    auto database = open_database(path, options);
    if (!database) return database.error();
    auto version = schema_version(*database);
    if (!version && version.error().code != Code::not_found) return version.error();
    if (!version)
        if (auto status = lay_tables(*database); !status) return status.error();
    auto entries = database->number("SELECT max(seq) FROM entry");
    if (!entries) return entries.error();
    if (*entries > 0)
        return Error{Code::conflict, path + " holds a ledger already",
                     "open it, or choose another file"};
    auto ledger = over(std::move(*database));
    if (!ledger) return ledger;
    ledger->tail_.origin = birth.origin;
    ledger->tail_.simulated = birth.simulated;
    auto first = birth_event(birth, now);
    auto recorded = ledger->append({&first, 1}, stamp);
    if (!recorded) return recorded.error();
    return ledger;
}

Result<Ledger> Ledger::open(const std::string& path, const Options& options) {
    auto ledger = open_checked(path, options);
    if (ledger || ledger.error().code != Code::corrupt) return ledger;
    auto error = ledger.error();
    if (!error.detail.starts_with(path)) error.detail = path + ": " + error.detail;
    error.remedy = kRestoreRemedy;
    return error;
}

Result<Ledger> Ledger::open_checked(const std::string& path, const Options& options) {
    auto database = open_database(path, options);
    if (!database) return database.error();
    if (auto status = migrate(*database, options.schema); !status) return status.error();
    auto ledger = over(std::move(*database));
    if (!ledger) return ledger;
    auto tail = load_tail(ledger->database_, ledger->hasher_);
    if (!tail) return tail.error();
    ledger->tail_ = std::move(*tail);
    return ledger;
}

// What is recent is put where it belongs; should that fail, the next opening finds it as it is.
Ledger::~Ledger() {
    if (database_.handle() == nullptr || stopped_ || tail_.recent.count == 0) return;
    (void)transaction_.settle(database_, {size(), root()}, tail_.recent, Ring::emptied);
}

bool Ledger::settle_due() const {
    const auto& recent = tail_.recent;
    return !stopped_ && (recent.count >= kSettleAfter || recent.sum.rows.size() >= kRowsAtOnce);
}

// Without a sync of its own: should the power fail, the ring still has all of it.
Status Ledger::settle() {
    if (stopped_) return stopped_error();
    if (tail_.recent.count == 0) return {};
    auto status = database_.run("PRAGMA synchronous=NORMAL");
    if (status) status = transaction_.settle(database_, {size(), root()}, tail_.recent, Ring::kept);
    auto full = database_.run("PRAGMA synchronous=FULL");
    if (!full) stopped_ = true;
    if (status) status = std::move(full);
    if (!status) return give_up(status.error());
    tail_.recent.sum = {};
    tail_.recent.count = 0;
    return {};
}

// After an I/O error the frames of the commit may or may not be on the disk, and a later sync that
// succeeds would say nothing about them: so nothing is written any more.
Error Ledger::give_up(Error error) {
    switch (error.code) {
        case Code::timeout:
            stopped_ = true;
            error.detail =
                "outcome unknown: the disk failed while the batch was written; " + error.detail;
            error.remedy = "check the disk, then restart sealsd: it reads what was kept";
            break;
        case Code::corrupt:
            stopped_ = true;
            error.remedy = kRestoreRemedy;
            break;
        case Code::unavailable:
            error.remedy = "free space on the disk, or end what holds the ledger's lock";
            break;
        default:
            break;
    }
    stopped_ = stopped_ || database_.in_transaction();
    return error;
}

Result<std::vector<Recorded>> Ledger::append(std::span<const rules::Event> events,
                                             const Stamp& stamp, std::span<const Row> rows,
                                             std::span<const Idempotency> idempotency,
                                             std::span<const Secret> secrets,
                                             std::span<const ErasedText> erased) {
    if (stopped_) return stopped_error();
    for (const auto& key : idempotency)
        if (key.event >= events.size())
            return internal("an idempotency key names no event of its batch");
    auto draft = make_draft(hasher_, tail_, events, stamp);
    if (!draft) return draft.error();
    auto kept = kept_rows(rows);
    if (!kept) return kept.error();
    return write(*draft, std::move(*kept), {idempotency, secrets, erased});
}

Result<std::vector<Recorded>> Ledger::extend(std::span<const GivenLeaf> leaves) {
    if (stopped_) return stopped_error();
    auto draft = draft_of(hasher_, tail_, leaves);
    if (!draft) return draft.error();
    auto keys = keys_of(*draft);
    return write(*draft, {}, {keys, {}, {}});
}

Result<std::vector<Recorded>> Ledger::write(Draft& draft, std::map<RowKey, KeptRow> rows,
                                            const Beside& beside) {
    Recent recent{draft.heads, std::move(rows)};
    Commit commit{
        tail_, draft, {draft.tree.size(), draft.tree.root(hasher_)}, tail_.recent.last + 1, recent};
    commit.idempotency = beside.idempotency;
    commit.secrets = beside.secrets;
    commit.erased = beside.erased;
    bool full = tail_.recent.count + 1 >= kSettleEvery;
    bool settles = full || !beside.erased.empty();
    Recent sum;
    if (settles) {
        sum = tail_.recent.sum;
        sum.merge(recent);
        commit.settled = &sum;
    }
    if (auto status = transaction_.write(database_, commit); !status)
        return give_up(status.error());
    tail_.recent.last = commit.n;
    change_.reset();
    if (settles) {
        tail_.recent.sum = {};
        tail_.recent.count = 0;
    } else {
        change_ = Change{commit.n, recent};
        tail_.recent.sum.merge(std::move(recent));
        ++tail_.recent.count;
    }
    std::vector<Recorded> out;
    for (auto& entry : draft.entries)
        out.push_back(std::move(entry.recorded));
    adopt(tail_, draft);
    return out;
}

// Chain ends that are still recent go where they belong; recent rows give way with all the others.
Status Ledger::replace_views(std::span<const Row> rows) {
    return remake_views([&](ViewMaker& maker) -> Status {
        for (const auto& row : rows)
            if (auto status = maker.put(row); !status) return status;
        return {};
    });
}

Status Ledger::remake_views(const std::function<Status(ViewMaker&)>& make) {
    if (stopped_) return stopped_error();
    Recent heads{tail_.recent.sum.heads, {}};
    auto status =
        transaction_.remake_views(database_, {size(), root()}, tail_.recent.last, heads, make);
    if (!status) return give_up(status.error());
    tail_.recent.sum = {};
    tail_.recent.count = 0;
    return {};
}

}  // namespace seals::ledger
