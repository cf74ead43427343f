#include "engine/engine.hpp"

#include "base/log.hpp"
#include "engine/local_time.hpp"
#include "engine/normal_form.hpp"
#include "engine/random.hpp"
#include "rules/evolve.hpp"
#include "rules/row.hpp"
#include "rules/use.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kBatch = 256;       // commands in one transaction
constexpr std::size_t kMostAsked = 4096;  // waiting; more are told to come back
constexpr std::size_t kMostFacts = 4096;
constexpr milliseconds kRetry{1000};

const rules::Idempotency* idempotency_of(const rules::Command& command) {
    return std::visit(
        [](const auto& c) -> const rules::Idempotency* {
            if constexpr (requires { c.idempotency; })
                return c.idempotency.key.empty() ? nullptr : &c.idempotency;
            return nullptr;
        },
        command);
}

bool releases(const rules::Command& command) {
    return std::holds_alternative<rules::Take>(command);
}

void answer(const Done& done, Outcome outcome) {
    if (done) done(std::move(outcome));
}

Submission again(Submission submission) {
    submission.fetched = false;
    return submission;
}

Outcome failed(Error why) {
    Outcome outcome;
    outcome.error = std::move(why);
    return outcome;
}

}  // namespace

Engine::Engine(loop::Loop& loop, Store& store, TimeKeeper& time, Ballast& ballast,
               rules::Policy policy, bool simulated)
    : loop_(loop),
      store_(store),
      time_(time),
      ballast_(ballast),
      policy_(std::move(policy)),
      simulated_(simulated) {}

Status Engine::load() {
    auto rows = store_.reader().live_rows(time_.read().now);
    if (!rows) return rows.error();
    state_ = {};
    for (const auto& row : *rows)
        if (row.body) rules::restore_row(state_, row.kind, *row.body);
    state_.touched.clear();
    add_slots(slots_);
    rules::evict_settled(state_, time_.read().now);
    return {};
}

void Engine::add_slots(std::vector<SlotId> slots) {
    slots_ = std::move(slots);
    for (const auto& slot : slots_)
        state_.slots[slot].id = slot;
}

void Engine::submit(Submission submission) {
    if (turn_away(submission)) return;
    (rules::is_fact(submission.command) ? facts_ : asked_).push_back(std::move(submission));
    pump_later();
}

// Waiting until the loop's next turn lets what arrives together share one sync.
void Engine::pump_later() {
    if (pumping_ || in_flight_) return;
    pumping_ = true;
    loop_.post([this] {
        pumping_ = false;
        pump();
    });
}

bool Engine::turn_away(Submission& submission) {
    bool fact = rules::is_fact(submission.command);
    std::optional<Error> why;
    if (read_only_)
        why = *read_only_;
    else if (distrust_ && releases(submission.command))
        why = *distrust_;
    else if (!fact && ballast_.spent())
        why = unavailable("the disk is full; nothing happened",
                          "free space on the disk of the ledger");
    else if ((fact ? facts_.size() : asked_.size()) >= (fact ? kMostFacts : kMostAsked))
        why = unavailable("too many commands wait; nothing happened", "try again later");
    if (!why) return false;
    loop_.post(
        [done = std::move(submission.done), why = std::move(*why)] { answer(done, failed(why)); });
    return true;
}

void Engine::pump() {
    if (in_flight_ || (facts_.empty() && asked_.empty())) return;
    if (facts_.empty() && gather()) return;
    gathered_ = {};
    out_of_patience_ = false;
    retry_ = {};
    std::vector<Decided> decided;
    auto batch = decide_batch(decided);
    if (!batch.events.empty()) return commit(std::move(batch), std::move(decided));
    succeed(std::move(decided), {});
    if (!facts_.empty() || !asked_.empty()) pump_later();
}

// true: what is asked waits for others to come; facts never do. Rows are fetched meanwhile.
bool Engine::gather() {
    auto patience = gathering_.patience(asked_.size());
    if (out_of_patience_ || patience == milliseconds{0}) return false;
    for (auto one = asked_.rbegin(); one != asked_.rend() && !one->fetched; ++one)
        fetch(*one);
    if (!gathered_)
        gathered_ = loop_.after(patience, [this] {
            gathered_ = {};
            out_of_patience_ = true;
            pump();
        });
    return true;
}

// An acceptance of the clock is a batch of its own: it is dated by the clock that it accepts.
Batch Engine::decide_batch(std::vector<Decided>& decided) {
    Batch batch;
    auto moment = time_.read();
    auto snapshot = store_.reader().snapshot();
    std::size_t most = alone_ > 0 ? 1 : kBatch;
    while (decided.size() < most && (!facts_.empty() || !asked_.empty())) {
        auto& queue = facts_.empty() ? asked_ : facts_;
        auto* accept = std::get_if<rules::AcceptClock>(&queue.front().command);
        if (accept != nullptr && !decided.empty()) break;
        if (accept != nullptr) {
            accept->by_ms = time_.moved_if_accepted().count();
            moment = time_.if_accepted();
            most = 1;
        }
        auto next = std::move(queue.front());
        queue.pop_front();
        decide_one(std::move(next), moment, batch, decided);
    }
    if (alone_ > 0) --alone_;
    batch.stamp = {store_.boot_id(), moment.mono_ms};
    add_rows(batch, moment.now);
    return batch;
}

void Engine::decide_one(Submission submission, Moment moment, Batch& batch,
                        std::vector<Decided>& decided) {
    fetch(submission);
    auto decision =
        rules::decide(state_, policy_, context(moment, submission.actor), submission.command);
    std::size_t first = batch.events.size();
    const auto* once = idempotency_of(submission.command);
    for (auto& event : decision.events) {
        normalise(event);
        rules::evolve(state_, event);
        if (event.type == EventType::seal_enrolled)
            batch.secrets.push_back({"tag_key", event.seal.str(), random_bytes(16)});
        // The leaf that bears the key need not be the command's first.
        if (once != nullptr && event.data.find("idempotency") != nullptr)
            batch.idempotency.push_back({once->uid, once->key, once->body, batch.events.size()});
        batch.events.push_back(event);
    }
    auto count = batch.events.size() - first;
    if (count > 0 && !decision.refusal) {
        if (submission.secret) batch.secrets.push_back(*submission.secret);
        batch.erased.insert(batch.erased.end(), submission.erased.begin(), submission.erased.end());
    }
    decided.push_back({std::move(submission), std::move(decision), first, count});
}

// One call for all that must be random: it is made for every command.
rules::Context Engine::context(const Moment& moment, const Actor& actor) const {
    constexpr std::size_t kSession = 16, kNonce = 32, kUid = 12;  // hex digits
    auto random = random_hex((kSession + kNonce + kUid) / 2);
    return {moment.now,
            moment.trusted,
            moment.why,
            local_offset(moment.now),
            simulated_,
            actor,
            "S" + random.substr(0, kSession),
            random.substr(kSession, kNonce),
            "04" + random.substr(kSession + kNonce),
            std::string(rules::cabinet_in(store_.origin()))};
}

rules::Decision Engine::preview(rules::State& twin, rules::Command command, const Actor& actor) {
    normalise(command);
    hydrate(twin, command);
    auto decision = rules::decide(twin, policy_, context(time_.read(), actor), command);
    for (const auto& event : decision.events)
        rules::evolve(twin, event);
    return decision;
}

Result<std::vector<rules::Check>> Engine::explain(const rules::Take& take) {
    hydrate(state_, take);
    return rules::explain_take(state_, policy_, context(time_.read(), device_actor()), take);
}

// Holds until the next commit: nothing is evicted while commands wait.
void Engine::fetch(Submission& submission) {
    if (submission.fetched) return;
    normalise(submission.command);
    hydrate(state_, submission.command);
    submission.fetched = true;
}

// Rows that the command names and that are not in memory come from the views now.
void Engine::hydrate(rules::State& state, const rules::Command& command) {
    auto fetch_rows = [&](const std::vector<rules::Key>& keys) {
        for (const auto& key : keys) {
            if (rules::has_row(state, key)) continue;
            auto row = store_.reader().row(key.first, key.second);
            if (row && *row && (*row)->body) rules::restore_row(state, key.first, *(*row)->body);
        }
    };
    fetch_rows(rules::rows_named_by(command));
    fetch_rows(rules::rows_behind(state, command));
}

void Engine::add_rows(Batch& batch, Instant now) {
    for (const auto& key : state_.touched) {
        auto view = rules::row_view(state_, key, now);
        batch.rows.push_back({key.first, key.second, view.live, std::move(view.body), view.until});
    }
    state_.touched.clear();
}

void Engine::commit(Batch batch, std::vector<Decided> decided) {
    in_flight_ = true;
    auto shared = std::make_shared<std::vector<Decided>>(std::move(decided));
    auto began = std::chrono::steady_clock::now();
    store_.append(std::move(batch),
                  [this, shared, began](Result<std::vector<ledger::Recorded>> result) {
                      in_flight_ = false;
                      auto took = std::chrono::steady_clock::now() - began;
                      gathering_.committed(shared->size(), asked_.size(),
                                           std::chrono::duration_cast<milliseconds>(took));
                      if (result)
                          succeed(std::move(*shared), *result);
                      else
                          fail(std::move(*shared), result.error());
                      if (std::exchange(evict_due_, false))
                          rules::evict_settled(state_, time_.read().now);
                      if (!retry_ && (!facts_.empty() || !asked_.empty())) pump_later();
                  });
}

void Engine::succeed(std::vector<Decided> decided, const std::vector<ledger::Recorded>& recorded) {
    if (!recorded.empty()) {
        if (recorded.front().event.type == EventType::clock_accepted)
            time_.accepted(recorded.front().at);
        time_.recorded(recorded.back().at);
        if (effects_) effects_(recorded);
    }
    for (auto& one : decided) {
        Outcome outcome;
        outcome.upserted = one.decision.upserted;
        outcome.id = std::move(one.decision.id);
        outcome.events.assign(
            recorded.begin() + static_cast<std::ptrdiff_t>(one.first),
            recorded.begin() + static_cast<std::ptrdiff_t>(one.first + one.count));
        outcome.error = std::move(one.decision.refusal);
        if (outcome.error && !outcome.events.empty())
            outcome.error->seq = static_cast<long>(outcome.events.back().seq);
        answer(one.submission.done, std::move(outcome));
    }
    feed_.publish(recorded);
}

// Nothing of the batch happened, or nobody knows. The state is what the views say again. What can
// never be recorded fails by itself; on a full disk facts stay first, for they happened; after any
// other fault nothing is recorded until restart.
void Engine::fail(std::vector<Decided> decided, const Error& why) {
    log(Priority::error, "engine", "a batch could not be recorded", {{"why", why.detail}});
    bool full = why.code == Code::unavailable && !store_.stopped();
    bool never = why.code == Code::internal || why.code == Code::conflict;
    if (!full && !never)
        read_only_ =
            Error{Code::unavailable, "the ledger is read-only after a failed write: " + why.detail,
                  "check the disk, then restart sealsd"};
    if (auto status = load(); !status)
        read_only_ = Error{Code::unavailable, "the views cannot be read: " + status.error().detail,
                           "restart sealsd"};
    if (never && !read_only_ && decided.size() > 1) return put_back(std::move(decided));
    std::deque<Submission> kept;
    for (auto& one : decided)
        if (full && !read_only_ && rules::is_fact(one.submission.command))
            kept.push_back(again(std::move(one.submission)));
        else
            answer(one.submission.done, failed(why));
    facts_.insert(facts_.begin(), std::make_move_iterator(kept.begin()),
                  std::make_move_iterator(kept.end()));
    if (read_only_) {
        refuse_waiting(facts_, *read_only_);
        refuse_waiting(asked_, *read_only_);
    } else if (full) {
        ballast_.release();
        refuse_waiting(asked_, why);
        retry_ = loop_.after(kRetry, [this] { pump(); });
    }
}

// One of them can never be recorded: they go again one by one, so that only that one fails.
void Engine::put_back(std::vector<Decided> decided) {
    alone_ = decided.size();
    for (auto one = decided.rbegin(); one != decided.rend(); ++one) {
        auto& queue = rules::is_fact(one->submission.command) ? facts_ : asked_;
        queue.push_front(again(std::move(one->submission)));
    }
}

void Engine::refuse_waiting(std::deque<Submission>& queue, const Error& why) {
    for (auto& submission : std::exchange(queue, {}))
        answer(submission.done, failed(why));
}

void Engine::distrust_ledger(Error why) {
    log(Priority::error, "engine", "releases stop: the ledger does not verify",
        {{"why", why.detail}});
    distrust_ = std::move(why);
}

void Engine::evict() {
    evict_due_ = in_flight_ || waiting() > 0;  // their rows are still to be read from the state
    if (evict_due_) return;
    rules::evict_settled(state_, time_.read().now);
}

}  // namespace seals::engine
