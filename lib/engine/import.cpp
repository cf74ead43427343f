#include "engine/import.hpp"

#include <unordered_map>

#include "loop/answer.hpp"
#include "rules/evolve.hpp"
#include "rules/row.hpp"

namespace seals::engine {
namespace {

using rules::Upserted;

constexpr milliseconds kPatience{100};
constexpr int kMostPatience = 1200;  // times kPatience: two minutes

// Which of two outcomes of one key stands in the end: a withdrawal is for good, what went in did.
int weight(Upserted outcome) {
    switch (outcome) {
        case Upserted::withdrawn:
            return 4;
        case Upserted::accepted:
            return 3;
        case Upserted::unchanged:
            return 2;
        case Upserted::left_out:
            return 1;
        default:
            return 0;
    }
}

// Refusals name the field as the file spells it where the intake told us; ours are API names.
void note(std::vector<ImportRefusal>& list, std::int64_t& count, const wire::ImportItem& item,
          std::string field, std::string reason) {
    ++count;
    if (list.size() < kMostListed)
        list.push_back({item.line, item.record, item.key, std::move(field), std::move(reason)});
}

}  // namespace

struct Import::Run {
    ImportJob job;
    ImportResult result;
    std::function<void(Result<ImportResult>)> done;
    std::unordered_map<std::string, Upserted> keys;
    rules::State twin;     // of a dry run: what would have changed
    std::size_t open = 0;  // commands of the batch that are not yet recorded
    std::optional<Error> failure;
    std::shared_ptr<loop::Answer<Status>> batch_done;

    void settle(const wire::ImportItem& item, Upserted outcome, const std::optional<Error>& error) {
        if (outcome == Upserted::refused)
            return note(result.refused, result.refused_count, item, error->field, error->detail);
        if (outcome == Upserted::conflict)
            return note(result.conflicts, result.conflict_count, item, error->field, error->detail);
        auto [at, fresh] = keys.emplace(item.key, outcome);
        if (!fresh && weight(outcome) > weight(at->second)) at->second = outcome;
    }
    void count_keys() {
        for (const auto& [key, outcome] : keys) {
            if (outcome == Upserted::accepted) ++result.accepted;
            if (outcome == Upserted::unchanged) ++result.unchanged;
            if (outcome == Upserted::withdrawn) ++result.withdrawn;
            if (outcome == Upserted::left_out) ++result.left_out;
        }
    }
};

void Import::run(ImportJob job, std::function<void(Result<ImportResult>)> done) {
    auto run = std::make_shared<Run>();
    run->job = std::move(job);
    run->done = std::move(done);
    if (run->job.dry_run) run->twin = engine_.state();
    worker_.submit([this, run]() -> loop::Reply {
        auto end = [this, run](Status status) -> loop::Reply {
            auto shared = std::make_shared<Status>(std::move(status));
            return [this, run, shared] { finish(run, std::move(*shared)); };
        };
        auto file = run->job.open();
        if (!file) return end(file.error());
        auto socket = run->job.connect();
        if (!socket) return end(socket.error());
        // The worker waits for the loop: what is read is recorded before more is read.
        auto each = [this, run](std::vector<wire::ImportItem> items) -> Status {
            auto recorded = std::make_shared<loop::Answer<Status>>();
            loop_.post([this, run, recorded, items = std::move(items)]() mutable {
                run->batch_done = recorded;
                take_batch(run, std::move(items));
            });
            for (int waited = 0; !recorded->wait(kPatience); ++waited)
                if (stopping_ || waited > kMostPatience)
                    return Error{Code::timeout, "the ledger did not take a batch in time"};
            return recorded->take();
        };
        return end(helper::run_intake(socket->get(), run->job.job, file->get(), each));
    });
}

void Import::take_batch(const std::shared_ptr<Run>& run, std::vector<wire::ImportItem> items) {
    run->open = 1;  // held until every item was submitted
    for (const auto& item : items)
        take_item(run, item);
    if (--run->open == 0) run->batch_done->give({});
}

void Import::take_item(const std::shared_ptr<Run>& run, const wire::ImportItem& item) {
    if (item.fault)
        return note(run->result.refused, run->result.refused_count, item, item.fault->field,
                    item.fault->reason);
    auto command = run->job.convert(item);
    if (!command) return run->settle(item, Upserted::refused, command.error());
    if (run->job.dry_run) {
        auto decision = engine_.preview(run->twin, *command, run->job.actor);
        return run->settle(item, decision.upserted, decision.refusal);
    }
    ++run->open;
    engine_.submit({std::move(*command), run->job.actor, [run, item](Outcome outcome) {
                        bool recorded = outcome.upserted == Upserted::refused ||
                                        outcome.upserted == Upserted::conflict || !outcome.error;
                        if (recorded)
                            run->settle(item, outcome.upserted, outcome.error);
                        else if (outcome.error->code == Code::internal)  // no leaf can hold it
                            run->settle(item, Upserted::refused, outcome.error);
                        else if (!run->failure)
                            run->failure = outcome.error;
                        if (--run->open == 0)
                            run->batch_done->give(run->failure ? Status(*run->failure) : Status());
                    }});
}

void Import::finish(const std::shared_ptr<Run>& run, Status status) {
    if (!status) return run->done(status.error());
    run->count_keys();
    const auto& result = run->result;
    if (run->job.dry_run) return run->done(result);
    rules::ImportFinished finished{
        run->job.job.kind,    run->job.sha256,       result.accepted,
        result.unchanged,     result.withdrawn,      result.left_out,
        result.refused_count, result.conflict_count, run->job.idempotency};
    engine_.submit({std::move(finished), run->job.actor, [run](Outcome outcome) {
                        if (outcome.error) return run->done(*outcome.error);
                        run->result.seq = outcome.events.back().seq;
                        run->done(std::move(run->result));
                    }});
}

}  // namespace seals::engine
