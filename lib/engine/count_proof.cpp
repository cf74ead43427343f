#include "engine/count_proof.hpp"

#include "base/log.hpp"
#include "engine/local_time.hpp"
#include "rules/row.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kPage = 500;
constexpr milliseconds kLook{600'000};
constexpr std::int64_t kDayMs = 86'400'000, kHourMs = 3'600'000;

Error stopped() {
    return unavailable("sealsd stops; nothing was recorded", "run it again");
}

Result<std::vector<rules::Use>> uses_of(ledger::Reader& reader, const rules::Request& request) {
    std::vector<rules::Use> uses;
    for (const auto& id : request.uses) {
        auto row = reader.row("use", id);
        if (!row) return row.error();
        if (*row && (*row)->body) uses.push_back(rules::use_from(*(*row)->body));
    }
    return uses;
}

Status add_requests(ledger::Reader& reader, Instant now, const std::atomic<bool>& stopping,
                    rules::CountTotals& totals) {
    for (std::string after;;) {
        if (stopping) return stopped();
        auto rows = reader.rows("request", after, kPage);
        if (!rows) return rows.error();
        for (const auto& row : *rows) {
            after = row.id;
            if (!row.body) continue;
            auto request = rules::request_from(*row.body);
            auto uses = uses_of(reader, request);
            if (!uses) return uses.error();
            rules::add_up(request, *uses, now, totals);
        }
        if (rows->size() < kPage) return {};
    }
}

Status compare_entries(ledger::Reader& reader, const std::atomic<bool>& stopping,
                       rules::CountTotals& totals) {
    std::int64_t uses = 0, impressions = 0;
    for (std::uint64_t after = 0;;) {
        if (stopping) return stopped();
        auto page =
            reader.entries_of(ledger::By::type, row_of(EventType::use_recorded).name, after, kPage);
        if (!page) return page.error();
        for (const auto& entry : *page) {
            const auto& data = entry.event.data;
            ++uses;
            impressions += data.integer_or("count") + data.integer_or("cross_page");
        }
        if (page->size() < kPage) break;
        after = page->back().seq;
    }
    rules::compare_entries(uses, impressions, totals);
    return {};
}

}  // namespace

Result<rules::CountTotals> add_up_ledger(const std::string& path, Instant now,
                                         const std::atomic<bool>& stopping) {
    auto reader = ledger::Reader::open(path);
    if (!reader) return reader.error();
    auto snapshot = reader->snapshot();  // rows and entries of one moment
    rules::CountTotals totals;
    if (auto status = add_requests(*reader, now, stopping, totals); !status) return status.error();
    if (auto status = compare_entries(*reader, stopping, totals); !status) return status.error();
    return totals;
}

CountProof::CountProof(loop::Loop& loop, Engine& engine)
    : engine_(engine), worker_(loop, "proof", loop::Pace::background) {
    watching_ = loop.every(kLook, [this] { watch(); });
}

bool CountProof::is_due(Instant last, Instant now, milliseconds utc_offset) {
    // Days that begin at two at night, local.
    auto day = [&](Instant at) { return (at.ms + utc_offset.count() - 2 * kHourMs) / kDayMs; };
    return day(now) > day(last);
}

// A ledger without uses has nothing to prove.
void CountProof::watch() {
    const auto& node = engine_.state().node;
    auto now = engine_.moment().now;
    bool due = node.register_number != 0 && is_due(node.counts_proved, now, local_offset(now));
    if (running_ || !due) return;
    running_ = true;
    run(device_actor(), {}, [this](const Result<ledger::Recorded>& entry) {
        running_ = false;
        if (!entry)
            log(Priority::warning, "proof", "counts not proved", {{"why", entry.error().detail}});
    });
}

void CountProof::run(Actor actor, rules::Idempotency idempotency,
                     std::function<void(Result<ledger::Recorded>)> done) {
    worker_.submit([this, actor = std::move(actor), idempotency = std::move(idempotency),
                    done = std::move(done), path = engine_.store().path(),
                    now = engine_.moment().now]() -> loop::Reply {
        auto totals =
            std::make_shared<Result<rules::CountTotals>>(add_up_ledger(path, now, stopping_));
        return [this, totals, actor, idempotency, done] {
            if (!*totals) return done(totals->error());
            engine_.submit(
                {rules::ProveCounts{**totals, idempotency}, actor, [done](const Outcome& outcome) {
                     if (outcome.error) return done(*outcome.error);
                     done(outcome.events.front());
                 }});
        };
    });
}

}  // namespace seals::engine
