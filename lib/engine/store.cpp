#include "engine/store.hpp"

#include <algorithm>
#include <filesystem>

#include "base/log.hpp"
#include "base/origin.hpp"
#include "engine/held.hpp"
#include "engine/renewal.hpp"

namespace seals::engine {
namespace {

constexpr milliseconds kAgain{5000};  // until a scrub that failed is tried again

Error ledger_gone(const std::string& path) {
    return Error{Code::corrupt,
                 path + ": the ledger is gone, but its index or a checkpoint of it is there",
                 "restore a backup: `sealctl ledger restore`; only for a new ledger that knows "
                 "nothing of the old one, move the whole folder away"};
}

Result<ledger::Ledger> open_or_create(const std::string& path, const StoreOptions& options,
                                      const Clock& clock) {
    ledger::Options how{};
    how.vfs = options.vfs;
    // Looked at before SQLite does, which would write into an empty file.
    bool known = std::filesystem::exists(options.dir + "/" + kIndexName) ||
                 std::filesystem::exists(options.dir + kHeldSigned) ||
                 std::filesystem::exists(options.dir + kHeldCosigned);
    std::error_code none;
    auto size = std::filesystem::file_size(path, none);
    if (known && (none || size == 0)) return ledger_gone(path);
    auto opened = ledger::Ledger::open(path, how);
    if (opened || opened.error().code != Code::not_found) return opened;
    if (known) return ledger_gone(path);
    auto now = clock.read();
    return ledger::Ledger::create(path, {options.origin, options.simulated}, now.utc,
                                  {clock.boot_id(), now.mono_ms}, how);
}

Status check_identity(const ledger::Ledger& ledger, const StoreOptions& options) {
    auto kind = [](bool simulated) { return simulated ? "simulated" : "real"; };
    if (ledger.simulated() != options.simulated)
        return Error{Code::conflict,
                     std::string("the ledger is ") + kind(ledger.simulated()) +
                         ", the configuration says " + kind(options.simulated),
                     "a ledger never changes sides: use another [paths] state"};
    // A ledger that was restored short goes on under a later origin of the same cabinet.
    if (!read_origin(ledger.origin()).same_node(read_origin(options.origin)))
        return Error{Code::conflict,
                     "the ledger belongs to " + ledger.origin() + ", the configuration says " +
                         options.origin,
                     "correct [node], or use another [paths] state"};
    return {};
}

// Before anything is written, be it only what SQLite has in its log. A ledger that cannot be read
// is told by who opens it to write.
Status look_first(const std::string& path, const StoreOptions& options) {
    std::error_code none;
    if (std::filesystem::file_size(path, none) == 0 || none) return {};
    ledger::Options how{};
    how.vfs = options.vfs;
    auto reader = ledger::Reader::open(path, how);
    if (!reader) return {};
    auto status = check_held(*reader, options.dir, {});
    bool told = !status && status.error().code == Code::corrupt && !status.error().seq &&
                !status.error().remedy.empty();
    return told ? status : Status{};
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(loop::Loop& loop, const StoreOptions& options,
                                           const Clock& clock) {
    auto store = std::unique_ptr<Store>(new Store);
    store->folder_ = options.dir;
    store->path_ = options.dir + "/ledger.db";
    if (auto status = look_first(store->path_, options); !status) return status.error();
    auto ledger = open_or_create(store->path_, options, clock);
    if (!ledger) return ledger.error();
    if (auto status = check_identity(*ledger, options); !status) return status.error();
    auto due = ledger->scrub_due();
    if (!due) return due.error();
    store->scrub_due_ = *due;
    store->loop_ = &loop;
    store->ledger_ = std::make_unique<ledger::Ledger>(std::move(*ledger));
    store->origin_ = store->ledger_->origin();
    store->boot_id_ = clock.boot_id();
    store->size_ = store->ledger_->size();
    store->last_time_ = store->ledger_->last_time();
    for (auto* reader : {&store->reader_, &store->question_reader_}) {
        auto opened = ledger::Reader::open(store->path_);
        if (!opened) return opened.error();
        *reader = std::make_unique<ledger::Reader>(std::move(*opened));
    }
    if (auto status = renew_views(*store->ledger_, *store->reader_); !status) return status.error();
    store->writer_ = std::make_unique<loop::Worker>(loop, "ledger");
    store->questions_ = std::make_unique<loop::Worker>(loop, "questions");
    return store;
}

void Store::append(Batch batch, std::function<void(Result<std::vector<ledger::Recorded>>)> done) {
    auto shared = std::make_shared<Batch>(std::move(batch));
    writer_->submit([this, shared, done = std::move(done)]() -> loop::Reply {
        auto result = std::make_shared<Result<std::vector<ledger::Recorded>>>(
            ledger_->append(shared->events, shared->stamp, shared->rows, shared->idempotency,
                            shared->secrets, shared->erased));
        auto change = std::make_shared<std::optional<ledger::Change>>(ledger_->take_change());
        return [this, result, change, done, due = ledger_->settle_due(),
                stopped = ledger_->stopped()] {
            stopped_ = stopped;
            if (due) settle();
            if (*change) reader_->adopt(std::move(**change));
            if (*result && !(*result)->empty()) {
                size_ = (*result)->back().seq;
                last_time_ = (*result)->back().at;
            }
            done(std::move(*result));
        };
    });
}

// Between two appends, while those who were waiting get their answers.
void Store::settle() {
    writer_->submit([this]() -> loop::Reply {
        auto status = ledger_->settle();
        if (!status)
            log(Priority::warning, "ledger", "the views were not settled; later again",
                {{"why", status.error().detail}});
        return {};
    });
}

void Store::scrub(std::function<void(Status)> done) {
    scrub_again_ = {};
    scrub_due_ = scrubbing_ = true;
    writer_->submit([this, done = std::move(done)]() -> loop::Reply {
        auto status = ledger_->scrub();
        return [this, status, done, stopped = ledger_->stopped()] {
            stopped_ = stopped;
            scrubbing_ = false;
            scrub_due_ = !status;
            if (!status) {
                log(Priority::warning, "ledger", "the file still has what was erased; again soon",
                    {{"why", status.error().detail}});
                scrub_again_ = loop_->after(kAgain, [this] { scrub(); });
            }
            if (done) done(status);
        };
    });
}

// Writing the file anew takes what it takes.
bool Store::stuck(milliseconds limit) const {
    auto writing = scrubbing_ ? milliseconds{0} : writer_->stuck_for();
    return std::max(writing, questions_->stuck_for()) > limit;
}

}  // namespace seals::engine
