#include "engine/keeper.hpp"

#include "base/log.hpp"
#include "engine/count_proof.hpp"
#include "engine/keeping_scan.hpp"
#include "engine/local_time.hpp"

namespace seals::engine {
namespace {

constexpr milliseconds kLook{600'000};
constexpr milliseconds kWeek{7 * 86'400'000};
constexpr int kTries = 5;

Error cannot_tell_time(const std::string& why) {
    return unavailable("the clock is not to be trusted, so no term is known to have passed: " + why,
                       "set the clock, or let two persons accept it: `sealctl clock accept`");
}

void log_failure(const char* what, const Error& why) {
    log(Priority::warning, "keeper", what, {{"why", why.detail}});
}

std::vector<std::string> files_of(const ledger::Recorded& entry) {
    return entry.event.data.texts_or("files");
}

}  // namespace

struct Keeper::Run {
    Due due;
    PurgeReport report;
    Actor actor;
    std::size_t next = 0;
    std::function<void(Result<PurgeReport>)> done;
};

std::uint64_t FilesReport::first_bad() const {
    std::uint64_t first = 0;
    for (const auto* files : {&missing_files, &altered_files})
        for (const auto& file : *files)
            if (first == 0 || file.seq < first) first = file.seq;
    return first;
}

Keeper::Keeper(loop::Loop& loop, Engine& engine, Files& files)
    : engine_(engine), files_(files), worker_(loop, "keeper", loop::Pace::background) {
    last_run_ = engine.moment().now;
    watching_ = loop.every(kLook, [this] { watch(); });
    // What a crash came between: soon, and without waiting for the night.
    first_ = loop.after(milliseconds{60'000}, [this] {
        last_purge_ = {};
        watch();
    });
}

// The purge of each night, and once a week the check of all files.
void Keeper::watch() {
    auto moment = engine_.moment();
    if (!moment.trusted || purging_) return;
    if (!CountProof::is_due(last_purge_, moment.now, local_offset(moment.now))) return;
    last_purge_ = moment.now;
    purge(false, device_actor(), [](const Result<PurgeReport>& report) {
        if (!report) log_failure("no purge", report.error());
    });
    if (moment.now.ms - last_run_.ms < kWeek.count()) return;
    last_run_ = moment.now;
    check([](const Result<FilesReport>& report) {
        if (!report) log_failure("the files were not checked", report.error());
    });
}

void Keeper::check(std::function<void(Result<FilesReport>)> done) {
    worker_.submit([this, done = std::move(done), path = engine_.store().path()]() -> loop::Reply {
        auto report =
            std::make_shared<Result<FilesReport>>(check_files(path, files_.store(), stopping_));
        return [this, report, done] {
            if (*report) {
                last_check_ = **report;
                engine_.observe(
                    rules::FilesChecked{static_cast<std::int64_t>(last_check_->missing),
                                        static_cast<std::int64_t>(last_check_->altered),
                                        static_cast<std::int64_t>(last_check_->first_bad()),
                                        static_cast<std::int64_t>(last_check_->size)});
            }
            done(*report);
        };
    });
}

void Keeper::purge(bool dry_run, const Actor& actor,
                   std::function<void(Result<PurgeReport>)> done) {
    auto moment = engine_.moment();
    if (!moment.trusted) return done(cannot_tell_time(moment.why));
    if (purging_) return done(Error{Code::conflict, "a purge is under way", "wait for its end"});
    purging_ = true;
    worker_.submit([this, dry_run, actor, done = std::move(done), path = engine_.store().path(),
                    policy = engine_.policy(), now = moment.now]() -> loop::Reply {
        auto due =
            std::make_shared<Result<Due>>(find_due(path, files_.store(), policy, now, stopping_));
        return [this, dry_run, actor, due, done] {
            if (!*due) {
                purging_ = false;
                return done(due->error());
            }
            auto run = std::make_shared<Run>();
            run->due = std::move(**due);
            run->report.classes = run->due.classes;
            run->actor = actor;
            run->done = done;
            if (!dry_run) return finish(run);
            purging_ = false;
            done(run->report);
        };
    });
}

// First what an earlier run recorded and did not come to.
void Keeper::finish(const std::shared_ptr<Run>& run) {
    files_.remove(run->due.unfinished, [this, run](std::size_t left) {
        run->report.left += left;
        purge_next(run);
    });
}

// One leaf, its files, then the next: a crash leaves no more than one leaf's files behind.
void Keeper::purge_next(const std::shared_ptr<Run>& run) {
    if (run->next == run->due.commands.size()) {
        purging_ = false;
        return run->done(run->report);
    }
    auto command = std::move(run->due.commands[run->next++]);
    std::erase_if(command.files,
                  [this](const auto& file) { return files_.is_wanted(file.sha256); });
    engine_.submit({std::move(command), run->actor,
                    [this, run](const Outcome& outcome) { purged(run, outcome); }});
}

void Keeper::purged(const std::shared_ptr<Run>& run, const Outcome& outcome) {
    if (outcome.error) {
        purging_ = false;
        return run->done(*outcome.error);
    }
    if (outcome.events.empty()) return purge_next(run);
    auto files = files_of(outcome.events.front());
    run->report.purged += files.size();
    run->report.entries.push_back(outcome.events.front().seq);
    files_.remove(files, [this, run](std::size_t left) {
        run->report.left += left;
        purge_next(run);
    });
}

void Keeper::find(const PersonId& person, std::function<void(Result<Erasable>)> done) {
    const auto* known = engine_.state().person(person);
    find_rest(person, known != nullptr ? known->name : std::string(), std::make_shared<Erasable>(),
              0, std::move(done));
}

// What was recorded while the worker looked is looked at, too.
void Keeper::find_rest(const PersonId& person, std::string name, std::shared_ptr<Erasable> found,
                       int tries, std::function<void(Result<Erasable>)> done) {
    worker_.submit([this, person, name = std::move(name), found, tries, done = std::move(done),
                    path = engine_.store().path()]() -> loop::Reply {
        auto status = std::make_shared<Status>(find_person(path, person, name, *found, stopping_));
        return [this, person, name, found, tries, done, status] {
            if (!*status) return done(status->error());
            bool whole = found->size == engine_.store().size() && !engine_.busy();
            if (whole || tries == kTries) return done(std::move(*found));
            find_rest(person, name, found, tries + 1, done);
        };
    });
}

}  // namespace seals::engine
